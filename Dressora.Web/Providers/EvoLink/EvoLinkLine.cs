using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Providers.EvoLink;

/// <summary>Where EvoLink is and how one knocks.</summary>
internal sealed class EvoLinkLine(Wire wire, IOptionsMonitor<ProviderOptions> options)
{
    internal const string Client = "evolink";
    private const string Api = "https://api.evolink.ai";
    private const string Files = "https://files-api.evolink.ai";

    internal bool HasKey => options.CurrentValue.EvoLinkKey.Length > 0;
    internal IReadOnlyList<string> ResultHosts => Providers.ResultHosts.Of(options.CurrentValue.EvoLinkAddress, ".evolink.ai");

    internal Task<Heard> GetAsync(string path, CancellationToken cancel) =>
        AskAsync(Request(HttpMethod.Get, Api, path), WireLimits.Usual, cancel);

    internal async Task<Heard> PostAsync(string path, JsonObject body, string idempotencyKey, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, Api, path);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Content = JsonBody.Of(body);
        return await wire.AskAsync(Client, request, WireLimits.Upload, cancel);
    }

    internal Task<Heard> UploadAsync(ProviderInput input, string name, CancellationToken cancel)
    {
        var request = Request(HttpMethod.Post, Files, "/api/v1/files/upload/stream");
        var file = new ReadOnlyMemoryContent(input.Bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(input.Mime);
        request.Content = new MultipartFormDataContent
        {
            { file, "file", name },
            { new StringContent("dressora"), "uploadPath" },
            { new StringContent(name), "fileName" },
        };
        return AskAsync(request, WireLimits.Upload, cancel);
    }

    private async Task<Heard> AskAsync(HttpRequestMessage request, WireLimits limits, CancellationToken cancel)
    {
        using (request)
            return await wire.AskAsync(Client, request, limits, cancel);
    }

    private HttpRequestMessage Request(HttpMethod method, string usual, string path)
    {
        var now = options.CurrentValue;
        var at = now.EvoLinkAddress.Length > 0 ? now.EvoLinkAddress.TrimEnd('/') : usual;
        var request = new HttpRequestMessage(method, new Uri(at + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", now.EvoLinkKey);
        return request;
    }
}
