using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Identity;

/// <summary>A program's way in, in a person's name. Its text is shown once; here is only its digest.</summary>
public sealed class ApiKey
{
    public const int NameMax = 60;
    public const int PerPersonMax = 20;
    private const string Prefix = "dk_";
    private const int SecretBytes = 32;
    private const int ShownLetters = 8;

    private ApiKey()
    {
    }

    private ApiKey(long userId, string name, KeyScopes scopes, long? spendMax, DateTimeOffset? expiresAt, string text, DateTimeOffset now)
    {
        UserId = userId;
        Name = Label.Tidy(name, NameMax);
        ScopeBits = (int)scopes;
        SpendMax = spendMax;
        ExpiresAt = expiresAt;
        Hash = Digest(text);
        Shown = text[..(Prefix.Length + ShownLetters)];
        CreatedAt = now;
    }

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public string Name { get; private set; } = "";
    public byte[] Hash { get; private set; } = [];

    /// <summary>Its first letters, so that its owner knows it again.</summary>
    public string Shown { get; private set; } = "";
    public int ScopeBits { get; private set; }
    public KeyScopes Scopes => (KeyScopes)ScopeBits;

    /// <summary>Credits a calendar month; null asks nothing but the account.</summary>
    public long? SpendMax { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public static (ApiKey Key, string Text) Make(
        long userId, string name, KeyScopes scopes, long? spendMax, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var text = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        return (new ApiKey(userId, name, scopes, spendMax, expiresAt, text, now), text);
    }

    /// <summary>The text holds 256 random bits, so a plain digest keeps it.</summary>
    public static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public static bool LooksLikeOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length < 100;

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && !(ExpiresAt <= now);

    public bool End(DateTimeOffset now)
    {
        if (EndedAt is not null)
            return false;
        EndedAt = now;
        return true;
    }
}

/// <summary>What a key may do.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,

    /// <summary>Ask for work and follow it.</summary>
    Jobs = 1,

    /// <summary>See what was made, and fetch it.</summary>
    History = 2,

    /// <summary>See the balance.</summary>
    Credits = 4,
    All = Jobs | History | Credits,
}
