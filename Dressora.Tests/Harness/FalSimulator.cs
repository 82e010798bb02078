using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Dressora.Tests.Harness;

/// <summary>fal's queue, storage and signing keys.</summary>
public sealed partial class FalSimulator : Simulator
{
    public const string Key = "fal-id:fal-secret-of-a-test";
    private const string User = "user_test_1";
    private Ed25519Signer _signer = new(SHA256.HashData("the first key"u8));

    /// <summary>Whether the list of signing keys can be had.</summary>
    public bool TellsKeys { get; set; } = true;

    public int KeysAsked { get; private set; }

    protected override string FilesHost => "v3b.fal.media";

    public override string[] Settings => [$"Providers:FalKey={Key}", $"Providers:FalAddress={Address.AbsoluteUri}"];

    public static async Task<FalSimulator> OpenAsync()
    {
        var simulator = new FalSimulator();
        await simulator.StartAsync();
        return simulator;
    }

    /// <summary>From now on it signs with another key.</summary>
    public void RotateKey() => _signer = new Ed25519Signer(RandomNumberGenerator.GetBytes(32));

    protected override async Task RouteAsync(HttpContext http, string path, string body)
    {
        if (path == "/.well-known/jwks.json")
            await TellKeysAsync(http);
        else if (path.StartsWith("/uploads/", StringComparison.Ordinal))
            TakeUpload(http);
        else if (http.Request.Headers.Authorization != $"Key {Key}")
            await SayAsync(http, 401, """{"detail":"invalid key credentials"}""");
        else if (path == "/storage/upload/initiate")
            await InitiateAsync(http);
        else if (RequestPath().Match(path) is { Success: true } match)
            await FollowAsync(http, match.Groups["id"].Value, match.Groups["verb"].Value);
        else
            await SubmitAsync(http, path, body);
    }

    protected override (int Status, string Body)? Refusal(Scenario scenario) => FalWords.Refusal(scenario);

    protected override HttpRequestMessage? Callback(SimulatedJob job)
    {
        var stamp = Clock.GetUtcNow().AddMinutes(job.Scenario == Scenario.StaleCallback ? -10 : 0).ToUnixTimeSeconds();
        var body = Encoding.UTF8.GetBytes(FalWords.Callback(job, Files));
        var message = $"{job.Id}\n{User}\n{stamp}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var signature = _signer.Sign(Encoding.UTF8.GetBytes(message));
        if (job.Scenario == Scenario.ForgedCallback)
            signature = new Ed25519Signer(new byte[32]).Sign(Encoding.UTF8.GetBytes(message));
        if (job.Scenario == Scenario.AlteredCallback)
            body = [.. body, (byte)' '];
        var request = new HttpRequestMessage(HttpMethod.Post, job.Callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Fal-Webhook-Request-Id", job.Id);
        request.Headers.Add("X-Fal-Webhook-User-Id", User);
        request.Headers.Add("X-Fal-Webhook-Timestamp", $"{stamp}");
        request.Headers.Add("X-Fal-Webhook-Signature", Convert.ToHexStringLower(signature));
        return request;
    }

    private async Task SubmitAsync(HttpContext http, string path, string body)
    {
        var scenario = Treat(body);
        if (scenario == Scenario.ResetBefore || await Answers.RefuseAsync(http, scenario, Refusal))
        {
            await BreakAsync(http, scenario);
            return;
        }

        var callback = Uri.TryCreate(http.Request.Query["fal_webhook"], UriKind.Absolute, out var address) ? address : null;
        var job = new SimulatedJob(Guid.NewGuid().ToString(), scenario, body, "", callback);
        Jobs[job.Id] = job;
        if (scenario == Scenario.EarlyCallback)
            await FinishAsync(job.Id);
        if (!await BreakAsync(http, scenario))
        {
            var at = $"{Address.AbsoluteUri.TrimEnd('/')}/{string.Join('/', path.Trim('/').Split('/').Take(2))}/requests/{job.Id}";
            await SayAsync(http, 200, new JsonObject
            {
                ["request_id"] = job.Id, ["gateway_request_id"] = job.Id, ["status"] = "IN_QUEUE", ["queue_position"] = 2,
                ["response_url"] = at, ["status_url"] = at + "/status", ["cancel_url"] = at + "/cancel",
            }.ToJsonString());
        }

        if (scenario != Scenario.EarlyCallback)
            GoOn(job);
    }

    private async Task FollowAsync(HttpContext http, string id, string verb)
    {
        if (!Jobs.TryGetValue(id, out var job))
            await SayAsync(http, 404, """{"status":"NOT_FOUND"}""");
        else if (verb == "/cancel")
            await CancelAsync(http, job);
        else if (verb == "/status")
            await SayAsync(http, 200, FalWords.Status(job));
        else
            await FetchAsync(http, job);
    }

    private static async Task CancelAsync(HttpContext http, SimulatedJob job)
    {
        if (job.IsOver || job.Scenario == Scenario.CancelTooLate)
        {
            await SayAsync(http, 400, """{"status":"ALREADY_COMPLETED"}""");
            return;
        }

        job.IsCancelled = true;
        await SayAsync(http, 202, """{"status":"CANCELLATION_REQUESTED"}""");
    }

    private async Task FetchAsync(HttpContext http, SimulatedJob job)
    {
        if (!job.IsOver)
            await SayAsync(http, 400, """{"detail":"Request is still in progress"}""");
        else if (FalWords.Failure(job) is { } failure)
            await SayAsync(http, failure.Status, failure.Body);
        else
            await SayAsync(http, 200, FalWords.Payload(job, Files));
    }

    private async Task TellKeysAsync(HttpContext http)
    {
        KeysAsked++;
        if (http.Request.Headers.Authorization.Count > 0)
            Complaints.Enqueue("the key was sent for public keys");
        if (TellsKeys)
            await SayAsync(http, 200, $$"""{"keys":[{"kty":"RSA"},{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(_signer.PublicKey)}}"}]}""");
        else
            http.Response.StatusCode = 503;
    }

    private async Task InitiateAsync(HttpContext http)
    {
        var scenario = Treat("");
        if (await Answers.RefuseAsync(http, scenario, Refusal))
            return;
        var name = Guid.NewGuid().ToString("N");
        await SayAsync(http, 200, $$"""{"upload_url":"{{Address}}uploads/{{name}}","file_url":"{{Address}}files/{{name}}"}""");
    }

    private void TakeUpload(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0)
            Complaints.Enqueue("the key was sent to the storage");
    }

    private static Task SayAsync(HttpContext http, int status, string json) => Answers.SayAsync(http, status, json);

    [GeneratedRegex("/requests/(?<id>[^/]+)(?<verb>(/(status|cancel|response))?)$")]
    private static partial Regex RequestPath();
}
