using System.Net;
using System.Net.Http.Headers;

namespace Dressora.Web.Outbound;

/// <summary>
/// The one client for addresses that we did not write ourselves: a person's link, a maker's result. It sends no cookie and no
/// key, follows two redirects at most, each judged like the first, and stops at the byte and at the second it was given.
/// </summary>
public sealed class Fetcher(IHttpClientFactory clients, TimeProvider clock)
{
    internal const string ClientName = "outbound";
    private const int RedirectsMax = 2;
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(15);

    public async Task<Fetched> FetchAsync(string link, long bytesMax, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var fetched = await FetchAsync(link, content, bytesMax, TimeMax, cancel);
        return fetched is Fetched.Streamed ? new Fetched.Body(content.ToArray()) : fetched;
    }

    /// <summary>For what may be large: into a stream of the caller's, who throws it away when the answer is a refusal.</summary>
    public async Task<Fetched> FetchAsync(string link, Stream target, long bytesMax, TimeSpan timeMax, CancellationToken cancel)
    {
        if (PublicLink.Read(link) is not { } address)
            return new Fetched.Refused(FetchFault.NotAllowed);
        using var limit = new CancellationTokenSource(timeMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await FollowAsync(address, target, bytesMax, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Fetched.Refused(FetchFault.TooSlow);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Fetched.Refused(FaultOf(e));
        }
    }

    private async Task<Fetched> FollowAsync(Uri address, Stream target, long bytesMax, CancellationToken cancel)
    {
        using var client = clients.CreateClient(ClientName);
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!IsRedirect(response.StatusCode))
                return await ReadAsync(response, target, bytesMax, cancel);
            if (hops == RedirectsMax)
                return new Fetched.Refused(FetchFault.TooManyRedirects);
            if (response.Headers.Location is not { } next || PublicLink.Read(new Uri(address, next).AbsoluteUri) is not { } allowed)
                return new Fetched.Refused(FetchFault.NotAllowed);
            address = allowed;
        }
    }

    private static async Task<Fetched> ReadAsync(HttpResponseMessage response, Stream target, long bytesMax, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            return new Fetched.Refused(FetchFault.Refused, (int)response.StatusCode);
        if (response.Content.Headers.ContentLength > bytesMax)
            return new Fetched.Refused(FetchFault.TooManyBytes);
        await using var content = await response.Content.ReadAsStreamAsync(cancel);
        var (buffer, all) = (new byte[BufferBytes], 0L);
        while (await content.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            all += read;
            if (all > bytesMax)
                return new Fetched.Refused(FetchFault.TooManyBytes);
            await target.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return new Fetched.Streamed(all);
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static FetchFault FaultOf(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is DialRefusedException refused)
                return refused.Fault;
        }

        return FetchFault.NoAnswer;
    }
}
