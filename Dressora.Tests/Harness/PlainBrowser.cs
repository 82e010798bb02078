using System.Net;

namespace Dressora.Tests.Harness;

/// <summary>A browser without script: keeps cookies, fills forms, follows nothing by itself.</summary>
public sealed class PlainBrowser(HttpMessageHandler handler, Uri home, TimeProvider clock) : IDisposable
{
    private const int RedirectsMax = 5;

    private readonly HttpClient _client = new(handler) { BaseAddress = home };

    public CookieJar Cookies { get; } = new(clock);
    public string UserAgent { get; set; } = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    public string Language { get; set; } = "en";

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>As htmx asks for a piece of a page.</summary>
    public Task<Answer> GetPieceAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("HX-Request", "true");
        return SendAsync(request);
    }

    /// <summary>
    /// Fills a form of a page and submits it as a browser would. In an anonymous object <c>Input_Email</c> is the field
    /// <c>Input.Email</c>; a dictionary takes names as they are. A field that the form does not have is the test's mistake.
    /// </summary>
    public Task<Answer> SubmitAsync(
        Answer page, string formSelector = "main form", object? fields = null, string? button = null, bool htmx = false)
    {
        var request = FilledForm.Of(page, formSelector, button).Fill(fields).ToRequest();
        request.Headers.Add("Origin", home.GetLeftPart(UriPartial.Authority));
        request.Headers.Referrer = page.Address;
        if (htmx)
            request.Headers.Add("HX-Request", "true");
        return SendAsync(request);
    }

    /// <summary>Follows redirects to the page they lead to.</summary>
    public async Task<Answer> FollowAsync(Answer answer)
    {
        for (var hops = 0; answer.Location is { } location; hops++)
        {
            if (hops == RedirectsMax)
                throw new InvalidOperationException($"Redirects without end, last to {location}.");
            answer = await GetAsync(location);
        }

        return answer;
    }

    /// <summary>GET, or a form, and whatever it redirects to.</summary>
    public async Task<Answer> FollowAsync(Task<Answer> answer) => await FollowAsync(await answer);

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        var address = new Uri(home, request.RequestUri!);
        Dress(request, address);
        using var response = await _client.SendAsync(request);
        Cookies.Keep(response);
        return await Answer.ReadAsync(response, address);
    }

    public void Dispose() => _client.Dispose();

    private void Dress(HttpRequestMessage request, Uri address)
    {
        request.RequestUri = address;
        request.Version = HttpVersion.Version11;
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("Accept-Language", Language);
        if (!request.Headers.Contains("Sec-Fetch-Site"))
            request.Headers.Add("Sec-Fetch-Site", request.Method == HttpMethod.Get ? "none" : "same-origin");
        if (Cookies.HeaderFor(address) is { Length: > 0 } cookies)
            request.Headers.Add("Cookie", cookies);
    }
}
