namespace Dressora.Web.Identity;

/// <summary>One signed-in browser. The cookie names it; ending it here ends it there, at once.</summary>
public sealed class Session
{
    public const int DeviceMax = 120;
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(60);
    public static readonly TimeSpan Brief = TimeSpan.FromHours(12);

    /// <summary>How long a second factor opens the admin's pages.</summary>
    public static readonly TimeSpan FactorFresh = TimeSpan.FromHours(8);

    /// <summary>How long after showing who they are a person may change what guards the account.</summary>
    public static readonly TimeSpan ProofFresh = TimeSpan.FromMinutes(10);

    private Session()
    {
    }

    public Session(long userId, string device, string network, bool remember, DateTimeOffset now)
    {
        UserId = userId;
        Device = device.Length > DeviceMax ? device[..DeviceMax] : device;
        Network = network;
        Remember = remember;
        CreatedAt = SeenAt = ProvedAt = now;
        ExpiresAt = now + (remember ? Remembered : Brief);
    }

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public string Device { get; private set; } = "";
    public string Network { get; private set; } = "";
    public bool Remember { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When somebody last showed here, by whatever means, that they are this person.</summary>
    public DateTimeOffset ProvedAt { get; private set; }

    /// <summary>When this browser last showed a passkey or an authenticator's code.</summary>
    public DateTimeOffset? FactorAt { get; private set; }

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    public void Seen(DateTimeOffset now) => SeenAt = now;

    public void Prove(DateTimeOffset now) => ProvedAt = now;

    public void ShowFactor(DateTimeOffset now) => FactorAt = ProvedAt = now;

    /// <summary>The same browser under a new number: a cookie that was copied before a proof is worth nothing after it.</summary>
    public Session Renew(DateTimeOffset now)
    {
        End(now);
        return new Session
        {
            UserId = UserId,
            Device = Device,
            Network = Network,
            Remember = Remember,
            CreatedAt = CreatedAt,
            SeenAt = now,
            ExpiresAt = ExpiresAt,
            ProvedAt = ProvedAt,
            FactorAt = FactorAt,
        };
    }

    public bool End(DateTimeOffset now)
    {
        if (EndedAt is not null)
            return false;
        EndedAt = now;
        return true;
    }
}
