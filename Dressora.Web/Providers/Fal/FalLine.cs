using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Providers.Fal;

/// <summary>Where fal is and how one knocks. The key goes to fal itself, never to where files lie.</summary>
internal sealed class FalLine(Wire wire, IOptionsMonitor<ProviderOptions> options)
{
    internal const string Client = "fal";
    private const string Queue = "https://queue.fal.run";
    private const string Rest = "https://rest.fal.ai";
    private const string OneDay = """{"expiration_duration_seconds":86400}""";

    /// <summary>Results may come within the answer, as text.</summary>
    private static readonly WireLimits Result = new(TimeSpan.FromSeconds(60), 32 * 1024 * 1024);

    private static readonly WireLimits Keys = new(TimeSpan.FromSeconds(10), 64 * 1024);

    internal bool HasKey => options.CurrentValue.FalKey.Length > 0;

    internal IReadOnlyList<string> ResultHosts => Providers.ResultHosts.Of(
        options.CurrentValue.FalAddress, ".fal.media", "fal.media", ".fal.run", ".fal.ai", "storage.googleapis.com");

    internal string QueueHost => new Uri(At(Queue)).Authority;

    internal Task<Heard> SubmitAsync(string model, JsonObject body, Uri? callback, CancellationToken cancel)
    {
        var query = callback is null ? "" : $"?fal_webhook={Uri.EscapeDataString(callback.AbsoluteUri)}";
        var request = WithKey(HttpMethod.Post, At(Queue), $"/{model}{query}");
        request.Headers.Add("X-Fal-Object-Lifecycle-Preference", OneDay);
        request.Content = JsonBody.Of(body);
        return AskAsync(request, WireLimits.Upload, cancel);
    }

    internal Task<Heard> StatusAsync(FalTicket ticket, CancellationToken cancel) =>
        AskAsync(WithKey(HttpMethod.Get, At(Queue), ticket.Status + "?logs=0"), WireLimits.Usual, cancel);

    internal Task<Heard> ResultAsync(FalTicket ticket, CancellationToken cancel) =>
        AskAsync(WithKey(HttpMethod.Get, At(Queue), ticket.Result), Result, cancel);

    internal Task<Heard> CancelAsync(FalTicket ticket, CancellationToken cancel) =>
        AskAsync(WithKey(HttpMethod.Put, At(Queue), ticket.Cancel), WireLimits.Usual, cancel);

    internal Task<Heard> InitiateUploadAsync(string mime, CancellationToken cancel)
    {
        var request = WithKey(HttpMethod.Post, At(Rest), "/storage/upload/initiate?storage_type=fal-cdn-v3");
        request.Headers.Add("X-Fal-Object-Lifecycle", OneDay);
        request.Content = JsonBody.Of(new JsonObject { ["content_type"] = mime, ["file_name"] = "input" });
        return AskAsync(request, WireLimits.Usual, cancel);
    }

    internal Task<Heard> UploadAsync(Uri address, ProviderInput input, CancellationToken cancel)
    {
        var content = new ReadOnlyMemoryContent(input.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(input.Mime);
        return AskAsync(new HttpRequestMessage(HttpMethod.Put, address) { Content = content }, WireLimits.Upload, cancel);
    }

    internal Task<Heard> SigningKeysAsync(CancellationToken cancel) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(At(Rest) + "/.well-known/jwks.json")), Keys, cancel);

    private string At(string usual) =>
        options.CurrentValue.FalAddress is { Length: > 0 } configured ? configured.TrimEnd('/') : usual;

    private HttpRequestMessage WithKey(HttpMethod method, string at, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(at + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Key", options.CurrentValue.FalKey);
        return request;
    }

    private async Task<Heard> AskAsync(HttpRequestMessage request, WireLimits limits, CancellationToken cancel)
    {
        using (request)
            return await wire.AskAsync(Client, request, limits, cancel);
    }
}
