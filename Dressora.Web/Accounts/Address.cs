using System.ComponentModel.DataAnnotations;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;

namespace Dressora.Web.Accounts;

/// <summary>An e-mail address as typed and as compared.</summary>
public sealed record Address(string Email, string Normalized)
{
    private static readonly EmailAddressAttribute Shape = new();
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    public static Address? Read(string? typed)
    {
        var email = typed?.Trim().Normalize() ?? "";
        var isGood = email.Length is > 2 and <= AppUser.EmailMax && Shape.IsValid(email)
            && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"');
        return isGood ? new Address(email, Normalizer.NormalizeEmail(email)!) : null;
    }
}
