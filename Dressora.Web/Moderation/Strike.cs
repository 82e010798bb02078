namespace Dressora.Web.Moderation;

public enum StrikeReason
{
    /// <summary>Our own rules refused what was asked.</summary>
    Prompt,

    /// <summary>A maker's rules did.</summary>
    Maker,

    /// <summary>A picture of theirs was reported and removed.</summary>
    Removed,
}

/// <summary>One refusal by the rules. What was asked is kept nowhere.</summary>
public sealed class Strike
{
    private Strike()
    {
    }

    internal Strike(long userId, StrikeReason reason, string source, DateTimeOffset now) =>
        (UserId, Reason, Source, At) = (userId, reason, source, now);

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public StrikeReason Reason { get; private set; }

    /// <summary>What caused it: the same cause strikes once.</summary>
    public string Source { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? ClearedAt { get; private set; }
    public long? ClearedBy { get; private set; }

    internal void Clear(long by, DateTimeOffset now) => (ClearedBy, ClearedAt) = (by, now);
}
