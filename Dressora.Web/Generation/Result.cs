namespace Dressora.Web.Generation;

public enum ResultState
{
    Kept,

    /// <summary>Out of the history; it can be brought back for a day.</summary>
    Leaving,
    Gone,
}

/// <summary>One thing that was made, in somebody's history.</summary>
public sealed class Result
{
    public long Id { get; private set; }
    public required string JobId { get; init; }
    public required long UserId { get; init; }
    public required int Position { get; init; }
    public required string MediaId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public ResultState State { get; private set; }
    public bool IsPinned { get; private set; }
    public DateTimeOffset? LeftAt { get; private set; }

    internal void Pin(bool isPinned) => IsPinned = isPinned;

    internal void Leave(DateTimeOffset now) => (State, LeftAt) = (ResultState.Leaving, now);

    internal void ComeBack(DateTimeOffset now) => (State, LeftAt) = (ResultState.Kept, null);

    internal void Vanish() => State = ResultState.Gone;
}

public enum PinOutcome
{
    Done,

    /// <summary>So many are pinned already.</summary>
    TooMany,

    /// <summary>Unpinned, and so the oldest of a full shelf: it left, and can be brought back for a day.</summary>
    Left,
    NotFound,
}
