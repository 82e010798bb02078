using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Identity;

/// <summary>The way in when the phone with the authenticator is gone. Ten at a time, each once, only hashes kept.</summary>
public sealed class RecoveryCode
{
    public const int Count = 10;

    /// <summary>Digits and letters that nobody mistakes for one another.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Length = 12;

    private RecoveryCode()
    {
    }

    private RecoveryCode(long userId, string hash)
    {
        UserId = userId;
        Hash = hash;
    }

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public string Hash { get; private set; } = "";
    public DateTimeOffset? UsedAt { get; private set; }

    public static RecoveryCode Make(long userId, out string text)
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, Length);
        text = $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
        return new RecoveryCode(userId, HashOf(text));
    }

    /// <summary>However a person types it: spaces, dashes and capitals do not count.</summary>
    public static string HashOf(string typed)
    {
        var plain = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
    }

    public void Use(DateTimeOffset now) => UsedAt = now;
}
