using System.Buffers.Text;
using System.Security.Cryptography;

namespace Dressora.Web.Generation;

/// <summary>
/// A link that shows one result to whoever has it, until a day or until it is taken back. The token is kept in clear, so
/// that its owner finds the link again on another device.
/// </summary>
public sealed class Share
{
    public const int TokenBytes = 16;
    public static readonly IReadOnlyList<int> Days = [1, 7, 30];

    private Share()
    {
    }

    internal Share(long resultId, long userId, int days, DateTimeOffset now)
    {
        (ResultId, UserId, CreatedAt, ExpiresAt) = (resultId, userId, now, now.AddDays(days));
        Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
    }

    public long Id { get; private set; }
    public long ResultId { get; private set; }
    public long UserId { get; private set; }
    public string Token { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public string Path => "/s/" + Token;

    public bool IsOpen(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    internal void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
