using System.Globalization;
using System.Net;

namespace Dressora.Web.Outbound;

/// <summary>An address somebody else wrote, judged by its looks: https, 443, a name on the internet, no user info.</summary>
public static class PublicLink
{
    public const int LengthMax = 2_000;
    private const int HttpsPort = 443;
    private const int NameMax = 253;

    /// <summary>Names that never leave a building.</summary>
    private static readonly string[] Inside =
        ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion", "test", "example", "invalid", "alt"];

    /// <summary>Null when it is not one we follow.</summary>
    public static Uri? Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > LengthMax || trimmed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
            return null;
        return Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) && IsAllowed(uri) ? uri : null;
    }

    public static bool IsAllowed(Uri uri) =>
        uri is { IsAbsoluteUri: true, Scheme: "https", Port: HttpsPort, UserInfo.Length: 0, HostNameType: UriHostNameType.Dns } && IsName(uri.IdnHost);

    /// <summary>
    /// At least two labels, and the last a word: a number in any spelling is an address, and addresses are what a name
    /// would be looked up for.
    /// </summary>
    private static bool IsName(string host)
    {
        var labels = host.TrimEnd('.').ToLower(CultureInfo.InvariantCulture).Split('.');
        return host.Length <= NameMax && labels.Length > 1 && labels.All(IsLabel)
            && char.IsAsciiLetter(labels[^1][0]) && !Inside.Contains(labels[^1]) && !IPAddress.TryParse(host, out _);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and < 64 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
