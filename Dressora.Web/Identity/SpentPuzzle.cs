namespace Dressora.Web.Identity;

/// <summary>A sign-up puzzle that was used: it opens no second account.</summary>
public sealed class SpentPuzzle(string hash, DateTimeOffset expiresAt)
{
    public string Hash { get; private set; } = hash;
    public DateTimeOffset ExpiresAt { get; private set; } = expiresAt;
}
