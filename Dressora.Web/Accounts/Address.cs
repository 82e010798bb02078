using System.Globalization;
using System.Net.Mail;
using System.Text;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;

namespace Dressora.Web.Accounts;

/// <summary>An e-mail address as typed and as compared.</summary>
public sealed record Address(string Email, string Normalized)
{
    private const int LocalMax = 64;
    private const int LabelMax = 63;
    private const string Punctuation = "()<>[]:;,\"\\";
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    /// <summary>Null for what no letter could be sent to, and for what would say more to a mail server than an address.</summary>
    public static Address? Read(string? typed)
    {
        var trimmed = typed?.Trim() ?? "";
        if (trimmed.Length > AppUser.EmailMax || trimmed.EnumerateRunes().Any(IsUnfit))
            return null;
        var email = trimmed.Normalize();
        return email.Length <= AppUser.EmailMax
            && email.Split('@') is [var local, var domain]
            && local.Length <= LocalMax && local.Split('.').All(part => part.Length > 0)
            && domain.Split('.').All(IsLabel)
            && MailAddress.TryCreate(email, out var address) && address.Address == email
            ? new Address(email, Normalizer.NormalizeEmail(email)!)
            : null;
    }

    private static bool IsUnfit(Rune letter) =>
        Rune.IsControl(letter) || Rune.IsWhiteSpace(letter) || letter == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.PrivateUse
        || (letter.IsAscii && Punctuation.Contains((char)letter.Value, StringComparison.Ordinal));

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LabelMax && label[0] != '-' && label[^1] != '-'
        && label.All(letter => letter == '-' || !char.IsAscii(letter) || char.IsAsciiLetterOrDigit(letter));
}
