using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;

namespace Dressora.Web.Accounts;

/// <summary>Hashing, and checking in the same time whether or not there is anything to check.</summary>
public sealed class Passwords(IPasswordHasher<AppUser> hasher)
{
    private static readonly AppUser Nobody = new("", "", DateTimeOffset.UnixEpoch);
    private readonly Lazy<string> _decoy = new(() => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>True when it is the person's; says whether the hash is of an older make.</summary>
    public bool Matches(AppUser? person, string password, out bool isOld)
    {
        var result = hasher.VerifyHashedPassword(Nobody, person?.PasswordHash ?? _decoy.Value, Bounded(password));
        isOld = result == PasswordVerificationResult.SuccessRehashNeeded;
        return person?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
    }

    private static string Bounded(string password) =>
        password.Length <= PasswordRules.LengthMax ? password : password[..(PasswordRules.LengthMax + 1)];
}
