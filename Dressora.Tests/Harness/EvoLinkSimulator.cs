using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Dressora.Tests.Harness;

/// <summary>EvoLink's tasks and files. Its callbacks carry no signature.</summary>
public sealed class EvoLinkSimulator : Simulator
{
    public const string Key = "sk-evo-key-of-a-test";
    private int _count;

    protected override string FilesHost => "media.evolink.ai";

    public override string[] Settings => [$"Providers:EvoLinkKey={Key}", $"Providers:EvoLinkAddress={Address.AbsoluteUri}"];

    public static async Task<EvoLinkSimulator> OpenAsync()
    {
        var simulator = new EvoLinkSimulator();
        await simulator.StartAsync();
        return simulator;
    }

    protected override async Task RouteAsync(HttpContext http, string path, string body)
    {
        if (http.Request.Headers.Authorization != $"Bearer {Key}")
            await Answers.SayAsync(http, 401, EvoLinkWords.Error(401, "authentication_error", "unauthorized"));
        else if (path == "/api/v1/files/upload/stream")
            await UploadAsync(http);
        else if (path == "/v1/images/generations")
            await SubmitAsync(http, body);
        else if (path == "/v1/credits")
            await CreditsAsync(http);
        else if (path.StartsWith("/v1/tasks/", StringComparison.Ordinal))
            await TellAsync(http, path["/v1/tasks/".Length..]);
        else
            await Answers.SayAsync(http, 404, EvoLinkWords.Error(404, "not_found_error", "not_found"));
    }

    protected override (int Status, string Body)? Refusal(Scenario scenario) => EvoLinkWords.Refusal(scenario);

    /// <summary>What a stranger could send just as well: it is only ever a reason to look.</summary>
    protected override HttpRequestMessage? Callback(SimulatedJob job)
    {
        var id = job.Scenario == Scenario.ForgedCallback ? "task-unified-somebody-elses" : job.Id;
        var task = JsonNode.Parse(EvoLinkWords.Task(job, Files))!;
        task["id"] = id;
        return new HttpRequestMessage(HttpMethod.Post, job.Callback)
        {
            Content = new StringContent(task.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
    }

    private async Task SubmitAsync(HttpContext http, string body)
    {
        var scenario = Treat(body);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (Jobs.Values.FirstOrDefault(one => one.Key == key) is { } before)
        {
            http.Response.Headers["idempotency-replayed"] = "true";
            await (before.Body == body
                ? Answers.SayAsync(http, 200, EvoLinkWords.Task(before, Files))
                : Answers.SayAsync(http, 409, EvoLinkWords.Error(409, "invalid_request_error", "idempotency_conflict")));
            return;
        }

        if (scenario == Scenario.ResetBefore || await Answers.RefuseAsync(http, scenario, Refusal))
        {
            await BreakAsync(http, scenario);
            return;
        }

        var callback = JsonNode.Parse(body)?["callback_url"]?.GetValue<string>();
        var job = new SimulatedJob(
            $"task-unified-1757165031-{Interlocked.Increment(ref _count):d8}", scenario, body, key, callback is null ? null : new Uri(callback));
        Jobs[job.Id] = job;
        if (scenario == Scenario.EarlyCallback)
            await FinishAsync(job.Id);
        if (!await BreakAsync(http, scenario))
            await Answers.SayAsync(http, 200, EvoLinkWords.Task(job, Files, isNew: true));
        if (scenario != Scenario.EarlyCallback)
            GoOn(job);
    }

    private async Task UploadAsync(HttpContext http)
    {
        var name = $"{Address}files/upload-{Interlocked.Increment(ref _count)}.jpg";
        await Answers.SayAsync(http, 200, Treat("") == Scenario.RefuseInput
            ? """{"success":false,"code":40002,"msg":"unsupported file type"}"""
            : $$$"""{"success":true,"code":200,"msg":"ok","data":{"file_id":"f","file_url":"{{{name}}}","expires_at":"2031-03-07"}}""");
    }

    private async Task CreditsAsync(HttpContext http)
    {
        if (!await Answers.RefuseAsync(http, Scenario, Refusal))
            await Answers.SayAsync(http, 200, """{"success":true,"data":{"token":{"remaining_credits":50},"user":{"remaining_credits":120.5}}}""");
    }

    private async Task TellAsync(HttpContext http, string id) => await (Jobs.TryGetValue(id, out var job)
        ? Answers.SayAsync(http, 200, EvoLinkWords.Task(job, Files))
        : Answers.SayAsync(http, 404, EvoLinkWords.Error("\"task_not_found\"", "not_found_error")));
}
