using Dressora.Tests.Harness;

namespace Dressora.Tests.House;

/// <summary>What every answer has to say about itself, whatever it is an answer to.</summary>
internal static class HeaderRules
{
    private static readonly (string Name, string Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age="),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Content-Security-Policy", "base-uri 'none'"),
    ];

    internal static IEnumerable<string> Check(Func<string, string?> header, bool isPrivate)
    {
        foreach (var (name, value) in Always.Where(one => header(one.Name)?.Contains(one.Value, StringComparison.Ordinal) != true))
            yield return $"{name} does not say {value}";
        if (header("Content-Security-Policy") is { } policy && (policy.Contains("unsafe-", StringComparison.Ordinal) || policy.Contains('*')))
            yield return $"a policy with a hole: {policy}";
        if (isPrivate && header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal) != true)
            yield return "a private page that may be stored";
        if (header("Server") is { } server)
            yield return $"it tells strangers what it runs on: {server}";
    }

    internal static IEnumerable<string> Check(Stop stop) =>
        Check(stop.Answer.Header, isPrivate: stop.Who != Visitor.Stranger && stop.Answer.ContentType == "text/html");
}
