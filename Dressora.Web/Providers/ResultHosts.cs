namespace Dressora.Web.Providers;

/// <summary>From where a company's results may come: its own names, and wherever the owner says it is.</summary>
internal static class ResultHosts
{
    internal static IReadOnlyList<string> Of(string configured, params string[] own) =>
        Uri.TryCreate(configured, UriKind.Absolute, out var address) ? [.. own, address.Host] : own;

    internal static bool Has(this IReadOnlyList<string> hosts, Uri address) => hosts.Any(host => host.StartsWith('.')
        ? address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        : address.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
}
