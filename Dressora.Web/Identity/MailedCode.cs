using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Identity;

public enum CodePurpose
{
    Confirm,
    Reset,
    Move,
}

/// <summary>A secret sent by mail: works once, for one purpose, for a while. Only its hash is kept.</summary>
public sealed class MailedCode
{
    private const int SecretBytes = 24;

    private MailedCode()
    {
    }

    private MailedCode(long userId, CodePurpose purpose, string email, string hash, DateTimeOffset now)
    {
        UserId = userId;
        Purpose = purpose;
        Email = email;
        Hash = hash;
        CreatedAt = now;
        ExpiresAt = now + Lifetime(purpose);
    }

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public CodePurpose Purpose { get; private set; }

    /// <summary>The address the letter went to.</summary>
    public string Email { get; private set; } = "";
    public string Hash { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }

    public static MailedCode Make(
        long userId, CodePurpose purpose, string email, DateTimeOffset now, out string secret)
    {
        secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return new MailedCode(userId, purpose, email, HashOf(secret), now);
    }

    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>
    /// A reset opens an account by itself, so it lives ten minutes. Confirming and moving only prove an address, and
    /// mail servers that greet strangers with "come back later" take longer than that.
    /// </summary>
    public static TimeSpan Lifetime(CodePurpose purpose) =>
        purpose == CodePurpose.Reset ? TimeSpan.FromMinutes(10) : TimeSpan.FromHours(24);

    public bool IsAlive(DateTimeOffset now) => UsedAt is null && now < ExpiresAt;

    public bool Use(DateTimeOffset now)
    {
        if (!IsAlive(now))
            return false;
        UsedAt = now;
        return true;
    }
}
