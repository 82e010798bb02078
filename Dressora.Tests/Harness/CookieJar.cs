using System.Collections.Concurrent;
using System.Net;
using Microsoft.Net.Http.Headers;

namespace Dressora.Tests.Harness;

/// <summary>A browser's cookies, forgotten by the test's clock and not by the machine's.</summary>
public sealed class CookieJar(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SetCookieHeaderValue> _cookies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    public string? this[string name] => Living().FirstOrDefault(cookie => cookie.Name == name)?.Value.Value;

    public IReadOnlyCollection<string> Names => [.. Living().Select(cookie => cookie.Name.Value!)];

    public void Set(string name, string value) => _cookies[name] = new SetCookieHeaderValue(name, value) { Path = "/" };

    public void Remove(string name) => _cookies.TryRemove(name, out _);

    /// <summary>What a browser forgets when it is closed: cookies without an end.</summary>
    public void Close()
    {
        foreach (var name in _cookies.Keys.Where(name => !_ends.ContainsKey(name)))
            Remove(name);
    }

    internal void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var values))
            return;
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. values]))
        {
            RefuseWhatBrowsersRefuse(cookie);
            var name = cookie.Name.Value!;
            _cookies[name] = cookie;
            _ends.TryRemove(name, out _);
            if ((cookie.MaxAge is { } age ? clock.GetUtcNow() + age : cookie.Expires) is { } end)
                _ends[name] = end;
        }
    }

    internal string HeaderFor(Uri address) => string.Join("; ", Living()
        .Where(cookie => address.AbsolutePath.StartsWith(cookie.Path.Value ?? "/", StringComparison.Ordinal))
        .Select(cookie => $"{cookie.Name}={cookie.Value}"));

    private IEnumerable<SetCookieHeaderValue> Living() => _cookies.Values
        .Where(cookie => !_ends.TryGetValue(cookie.Name.Value!, out var end) || end > clock.GetUtcNow());

    private static void RefuseWhatBrowsersRefuse(SetCookieHeaderValue cookie)
    {
        var name = cookie.Name.Value!;
        if (name.StartsWith("__Host-", StringComparison.Ordinal)
            && (!cookie.Secure || cookie.Domain.HasValue || cookie.Path != "/"))
            throw new CookieException($"A browser refuses {name}: __Host- needs Secure, Path=/ and no Domain.");
    }
}
