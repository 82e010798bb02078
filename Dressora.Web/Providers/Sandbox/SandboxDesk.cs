using System.Globalization;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>What the sandbox answers over HTTP.</summary>
internal sealed class SandboxDesk(SandboxFolder folder, SandboxBench bench, SandboxIntake intake, TimeProvider clock)
{
    internal async Task AnswerAsync(HttpContext http, string secret)
    {
        var body = await ReadAsync(http);
        var subject = http.Request.Headers[CallSignature.JobHeader].ToString();
        var fault = CallSignature.Fault(
            [secret], subject, Header(http, CallSignature.TimestampHeader), Header(http, CallSignature.SignatureHeader), body, clock.GetUtcNow());
        var path = http.Request.Path.Value!.Trim('/').Split('/');
        if (fault is not null)
            await SayAsync(http, 401, Error("auth", "unauthorized", fault));
        else if (path is ["health"])
            await SayAsync(http, 200, []);
        else if (path is ["results", var owner, var name] && subject == "result")
            await SandboxResults.SendAsync(http, folder, owner, name);
        else if (path is ["jobs"] && HttpMethods.IsPost(http.Request.Method))
            await AcceptAsync(http, body, subject, secret);
        else if (path is ["jobs", var id] && id == subject && folder.Find(id) is { } job)
            await (HttpMethods.IsDelete(http.Request.Method) ? CancelAsync(http, job) : TellAsync(http, job, secret));
        else
            await SayAsync(http, 404, Error("bad_input", "not_found", "No such job."));
    }

    private async Task AcceptAsync(HttpContext http, byte[] body, string id, string secret)
    {
        if (intake.Read(body, id) is not { } taken)
        {
            await SayAsync(http, 400, Error("bad_input", "unreadable", "The job cannot be read."));
            return;
        }

        var scenario = taken.Job.Plan.Scenario;
        if (await SandboxRefusals.AnswerAsync(http, scenario))
            return;
        folder.Sweep();
        folder.Add(taken.Job, taken.Inputs);
        var work = bench.Begin(id, secret);
        if (scenario == SandboxScenario.EarlyCallback)
            await work;
        if (scenario == SandboxScenario.SilentAnswer)
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (scenario is SandboxScenario.LostAnswer or SandboxScenario.SilentAnswer)
            http.Abort();
        else
            await SayAsync(http, 202, new JsonObject { ["id"] = id, ["waitSeconds"] = Math.Ceiling(taken.Job.Plan.Final.TotalSeconds) });
    }

    /// <summary>A job that nobody works at was begun by a process that is gone.</summary>
    private async Task TellAsync(HttpContext http, SandboxJob job, string secret)
    {
        if (!job.IsOver)
            _ = bench.Begin(job.Id, secret);
        await SayAsync(http, 200, job.Said());
    }

    private async Task CancelAsync(HttpContext http, SandboxJob job)
    {
        var stopped = job.Plan.Scenario != SandboxScenario.CancelTooLate
            && folder.Step(job.Id, going => going with { State = SandboxState.Cancelled }) is not null;
        await (stopped ? SayAsync(http, 202, []) : SayAsync(http, 409, Error("bad_input", "too_late", "It is too late.")));
    }

    internal static JsonObject Error(string kind, string code, string message) =>
        new() { ["error"] = new JsonObject { ["class"] = kind, ["code"] = code, ["message"] = message } };

    internal static async Task SayAsync(HttpContext http, int status, JsonObject said, int? retryAfter = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (retryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await http.Response.Body.WriteAsync(JsonBody.Bytes(said), http.RequestAborted);
    }

    private static string? Header(HttpContext http, string name) => http.Request.Headers[name] is [{ } only] ? only : null;

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var kept = new MemoryStream();
        await http.Request.Body.CopyToAsync(kept, http.RequestAborted);
        return kept.ToArray();
    }
}
