using Dressora.Tests.Harness;

namespace Dressora.Tests.Shell;

/// <summary>Requests that a form does not make.</summary>
internal static class Ask
{
    public static Task<Answer> SendAsync(
        this PlainBrowser browser,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return browser.SendAsync(request);
    }

    public static Task<Answer> GetAsync(
        this PlainBrowser browser, string path, params (string Name, string Value)[] headers) =>
        browser.SendAsync(HttpMethod.Get, path, null, headers);

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
