using System.Net.Http.Headers;

namespace Dressora.Web.Providers;

/// <summary>How long an answer may take and how large it may be.</summary>
internal sealed record WireLimits(TimeSpan TimeMax, int BytesMax)
{
    internal static readonly WireLimits Usual = new(TimeSpan.FromSeconds(30), 1024 * 1024);

    /// <summary>Something large goes out before an answer can come.</summary>
    internal static readonly WireLimits Upload = Usual with { TimeMax = TimeSpan.FromSeconds(90) };
}

/// <summary>
/// One request and its whole answer. Whatever the other side does is an answer too: only the caller's own cancelling
/// throws.
/// </summary>
internal sealed class Wire(IHttpClientFactory clients, TimeProvider clock)
{
    private const int PieceSize = 16 * 1024;

    internal async Task<Heard> AskAsync(string client, HttpRequestMessage request, WireLimits limits, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var time = new CancellationTokenSource(limits.TimeMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            using var response = await clients.CreateClient(client)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return await ReadAsync(response, limits, both.Token) is { } body
                ? new Heard.Answer((int)response.StatusCode, body, RetryAfter(response.Headers), ErrorType(response.Headers))
                : new Heard.Nothing(MayHaveArrived: true, new(ErrorClass.Transient, "oversize_answer", "The answer was too large."));
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            return new Heard.Nothing(
                MayHaveArrived: time.IsCancellationRequested || e.InnerException is not TimeoutException,
                new(ErrorClass.Timeout, "no_answer", "No answer came in time."));
        }
        catch (HttpRequestException e)
        {
            return new Heard.Nothing(MayHaveArrived(e.HttpRequestError), new(ErrorClass.Transient, Code(e), "It could not be reached."));
        }
        catch (IOException)
        {
            return new Heard.Nothing(MayHaveArrived: true, new(ErrorClass.Transient, "broken_answer", "The answer broke off."));
        }
    }

    /// <summary>A result's bytes as they come; null when there are none. Whoever reads counts them.</summary>
    internal async Task<Stream?> OpenAsync(string client, HttpRequestMessage request, WireLimits limits, CancellationToken cancel)
    {
        using var time = new CancellationTokenSource(limits.TimeMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            var response = await clients.CreateClient(client)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsStreamAsync(both.Token);
            response.Dispose();
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, WireLimits limits, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > limits.BytesMax)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        var piece = new byte[PieceSize];
        for (int read; (read = await stream.ReadAsync(piece, cancel)) > 0;)
        {
            if (kept.Length + read > limits.BytesMax)
                return null;
            kept.Write(piece, 0, read);
        }

        return kept.ToArray();
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers) => Waits.Read(headers.RetryAfter, clock.GetUtcNow());

    private static string? ErrorType(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-Fal-Error-Type", out var values) ? values.FirstOrDefault() : null;

    private static bool MayHaveArrived(HttpRequestError error) => error is not (
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError);

    private static string Code(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "no_such_host",
        HttpRequestError.ConnectionError => "no_connection",
        HttpRequestError.SecureConnectionError => "tls_failed",
        _ => "broken_answer",
    };
}
