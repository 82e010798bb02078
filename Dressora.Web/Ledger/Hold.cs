namespace Dressora.Web.Ledger;

public enum HoldState
{
    Open,
    Settled,
    Released,
}

/// <summary>Credits set aside for one reference until it is known what it cost.</summary>
public sealed record Hold(
    long Id, long UserId, string Reference, string Scope, long Amount, HoldState State, long Charged,
    DateTimeOffset OpenedAt, DateTimeOffset Deadline, DateTimeOffset? ClosedAt)
{
    /// <summary>The sweep's command is named after the reference, and a key has its own bound.</summary>
    public const int ReferenceMax = Command.KeyMax - 20;

    public static readonly TimeSpan LifetimeDefault = TimeSpan.FromHours(2);
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromHours(24);
}

/// <summary>The part of a hold that one grant pays; the positions are the order in which they were taken.</summary>
public sealed record Slice(long HoldId, int Position, long GrantId, long Amount);

/// <summary>Why a hold is given back; it decides what happens to credits whose grant ended meanwhile.</summary>
public enum ReleaseCause
{
    /// <summary>Ours or the maker's: the person gets them again, for three days.</summary>
    Failed,

    /// <summary>The person's own wish: what has expired stays expired.</summary>
    Cancelled,
}
