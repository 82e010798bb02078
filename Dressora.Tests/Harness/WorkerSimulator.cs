using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Dressora.Tests.Harness;

/// <summary>A machine of the owner's own.</summary>
public sealed class WorkerSimulator : Simulator
{
    public const string Key = "a secret between this server and its worker";

    /// <summary>What it signs with; the owner may change it.</summary>
    public string Secret { get; set; } = Key;

    protected override string FilesHost => "worker.test";

    public override string[] Settings => [$"Providers:WorkerSecret={Key}", $"Providers:WorkerAddress={Address.AbsoluteUri}"];

    public static async Task<WorkerSimulator> OpenAsync()
    {
        var simulator = new WorkerSimulator();
        await simulator.StartAsync();
        return simulator;
    }

    public static string Sign(string secret, string subject, string timestamp, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret),
        Encoding.UTF8.GetBytes($"{subject}|{timestamp}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}")));

    protected override async Task RouteAsync(HttpContext http, string path, string body)
    {
        var subject = http.Request.Headers["X-Worker-Job"].ToString();
        var timestamp = http.Request.Headers["X-Worker-Timestamp"].ToString();
        if (http.Request.Headers["X-Worker-Signature"] != Sign(Secret, subject, timestamp, body))
            await Answers.SayAsync(http, 401, """{"error":{"class":"auth","code":"bad_signature"}}""");
        else if (path == "/health")
            await Answers.SayAsync(http, 200, "{}");
        else if (path == "/jobs")
            await SubmitAsync(http, subject, body);
        else if (!Jobs.TryGetValue(path["/jobs/".Length..], out var job))
            await Answers.SayAsync(http, 404, """{"error":{"class":"bad_input","code":"not_found"}}""");
        else if (http.Request.Method == "DELETE")
            await CancelAsync(http, job);
        else
            await Answers.SayAsync(http, 200, Said(job));
    }

    protected override (int Status, string Body)? Refusal(Scenario scenario) => scenario switch
    {
        Scenario.RefuseContent => (422, Error("rejected_content")),
        Scenario.RefuseInput => (422, Error("bad_input")),
        Scenario.RateLimited or Scenario.RateLimitedUntil or Scenario.RateLimitedAbsurd or Scenario.RateLimitedBare =>
            (429, Error("rate_limited")),
        Scenario.NoFunds => (500, Error("out_of_funds")),
        Scenario.BadKey => (401, Error("auth")),
        Scenario.ServerError => (500, Error("transient")),
        _ => null,
    };

    protected override HttpRequestMessage? Callback(SimulatedJob job)
    {
        var body = Said(job);
        var age = job.Scenario == Scenario.StaleCallback ? TimeSpan.FromMinutes(3) : TimeSpan.Zero;
        var timestamp = $"{(Clock.GetUtcNow() - age).ToUnixTimeSeconds()}";
        var signature = Sign(job.Scenario == Scenario.ForgedCallback ? "a guess" : Secret, job.Id, timestamp, body);
        var request = new HttpRequestMessage(HttpMethod.Post, job.Callback)
        {
            Content = new StringContent(job.Scenario == Scenario.AlteredCallback ? body + " " : body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Worker-Timestamp", timestamp);
        request.Headers.Add("X-Worker-Signature", signature);
        return request;
    }

    private async Task SubmitAsync(HttpContext http, string id, string body)
    {
        var scenario = Treat(body);
        if (Jobs.ContainsKey(id))
        {
            await Answers.SayAsync(http, 202, "{}");
            return;
        }

        if (scenario == Scenario.ResetBefore || await Answers.RefuseAsync(http, scenario, Refusal))
        {
            await BreakAsync(http, scenario);
            return;
        }

        var callback = JsonNode.Parse(body)?["callback"]?.GetValue<string>();
        var job = new SimulatedJob(id, scenario, body, id, callback is null ? null : new Uri(callback));
        Jobs[id] = job;
        if (scenario == Scenario.EarlyCallback)
            await FinishAsync(id);
        if (!await BreakAsync(http, scenario))
            await Answers.SayAsync(http, 202, """{"waitSeconds":12}""");
        if (scenario != Scenario.EarlyCallback)
            GoOn(job);
    }

    private static async Task CancelAsync(HttpContext http, SimulatedJob job)
    {
        var isLate = job.IsOver || job.Scenario == Scenario.CancelTooLate;
        job.IsCancelled = !isLate;
        await Answers.SayAsync(http, isLate ? 409 : 202, isLate ? """{"error":{"code":"too_late"}}""" : "{}");
    }

    private static string Error(string kind) => $$$"""{"error":{"class":"{{{kind}}}","code":"told","message":"It was told to."}}""";

    private static string Said(SimulatedJob job)
    {
        var failure = job.Scenario switch
        {
            Scenario.FailTransient => "transient",
            Scenario.FailContent => "rejected_content",
            Scenario.FailInput => "bad_input",
            Scenario.FailTimeout => "timeout",
            _ => null,
        };
        var said = (job, failure) switch
        {
            ({ IsCancelled: true }, _) or ({ IsOver: true, Scenario: Scenario.Cancelled }, _) => new JsonObject { ["status"] = "cancelled" },
            ({ IsOver: true }, not null) => new JsonObject
            {
                ["status"] = "failed", ["error"] = new JsonObject { ["class"] = failure, ["code"] = "told", ["message"] = "It was told to." },
            },
            ({ IsOver: true }, _) => new JsonObject { ["status"] = "succeeded", ["outputs"] = Outputs(job) },
            ({ Scenario: Scenario.UnknownStatus }, _) => new JsonObject { ["status"] = "pondering" },
            ({ IsStarted: true }, _) => new JsonObject { ["status"] = "running", ["progress"] = 40 },
            _ => new JsonObject { ["status"] = "queued", ["position"] = 2 },
        };
        said["jobId"] = job.Id;
        return said.ToJsonString();
    }

    private static JsonArray Outputs(SimulatedJob job) => job.Scenario == Scenario.NoMedia
        ? []
        : [new JsonObject { ["base64"] = Convert.ToBase64String(SimulatedFiles.Picture), ["mime"] = "image/png" }];
}
