using System.Text.RegularExpressions;

namespace Dressora.Web.Operations;

/// <summary>
/// Logs hold numbers of people, never their addresses, and no secret that opens anything. It works on the finished line,
/// so that what an exception says is covered as well.
/// </summary>
public static partial class Redaction
{
    public static string Of(string line)
    {
        line = Email().Replace(line, "[e-mail]");
        line = Query().Replace(line, "?[query]");
        return Secret().Replace(line, "[secret]");
    }

    [GeneratedRegex(@"[\w.%+'-]{1,64}(@|%40)[\w-]{1,63}(\.[\w-]{1,63})+", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    /// <summary>What stands behind the question mark of an address: codes, signatures, what somebody searched for.</summary>
    [GeneratedRegex(@"(?<=[\w/%-])\?[\w.~-]+=[^\s""'<>]*", RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    /// <summary>A word of twenty letters and digits mixed is a code, a key or a token; nobody's name looks like that.</summary>
    [GeneratedRegex(
        @"(?<![\w-])(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])(?!\d{4}-\d\d-\d\d)[\w-]{20,}(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
