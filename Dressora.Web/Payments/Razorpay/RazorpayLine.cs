using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Payments.Razorpay;

/// <summary>One question to Razorpay and its whole answer.</summary>
internal sealed record RazorpayAnswer(JsonElement Body);

/// <summary>The wire to Razorpay. Whatever it does is an answer.</summary>
internal sealed class RazorpayLine(IHttpClientFactory clients, IOptionsMonitor<PaymentOptions> options, TimeProvider clock)
{
    internal const string Client = "razorpay";
    private const string Home = "https://api.razorpay.com/";
    private const int BytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    internal PaymentOptions Options => options.CurrentValue;

    internal Task<Told<RazorpayAnswer>> GetAsync(string path, CancellationToken cancel) => AskAsync(HttpMethod.Get, path, null, null, cancel);

    /// <param name="key">Where they take one, asking twice with it does the thing once.</param>
    internal Task<Told<RazorpayAnswer>> PostAsync(string path, object body, CancellationToken cancel, string? key = null) =>
        AskAsync(HttpMethod.Post, path, body, key, cancel);

    private async Task<Told<RazorpayAnswer>> AskAsync(HttpMethod method, string path, object? body, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(Address()), "v1/" + path));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Options.RazorpayId}:{Options.RazorpaySecret}")));
        if (key is not null)
            request.Headers.Add("X-Refund-Idempotency", key);
        if (body is not null)
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } };
        using var time = new CancellationTokenSource(TimeMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            using var client = clients.CreateClient(Client);
            client.MaxResponseContentBufferSize = BytesMax;
            using var response = await client.SendAsync(request, both.Token);
            var read = Loose.Read(await response.Content.ReadAsByteArrayAsync(both.Token));
            return response.IsSuccessStatusCode && read is { } answer ? new RazorpayAnswer(answer) : Refusal((int)response.StatusCode, read);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new GatewayFault("no_answer", "Razorpay did not answer.", IsFinal: false);
        }
    }

    private static GatewayFault Refusal(int status, JsonElement? body)
    {
        var error = body?.Child("error");
        var text = error?.Text("description") ?? $"Razorpay answered {status}.";
        var code = error?.Text("code") ?? $"http_{status}";
        // A wrong key, too many questions, and a wish that is still being worked on may all be otherwise soon.
        return new GatewayFault(code, text, IsFinal: status is >= 400 and < 500 and not (401 or 403 or 408 or 409 or 429));
    }

    private string Address() => Options.RazorpayAddress is { Length: > 0 } other ? other.TrimEnd('/') + "/" : Home;
}
