namespace Dressora.Web.Operations;

/// <summary>
/// Compares the clock on the wall with the one that only counts. A wall clock that leaps ahead would make everything
/// look expired; after a leap nothing is swept until the clock has been believable for a while.
/// </summary>
public sealed class ClockWatch(TimeProvider clock)
{
    private static readonly TimeSpan LeapMax = TimeSpan.FromMinutes(5);

    /// <summary>Long enough for a time server, or a person, to put a wrong clock right.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(15);

    private DateTimeOffset _wall = clock.GetUtcNow();
    private long _count = clock.GetTimestamp();
    private long? _leaptAt;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Asked by one loop; each call compares with the one before.</summary>
    public bool HasJumped()
    {
        var (wall, count) = (clock.GetUtcNow(), clock.GetTimestamp());
        var leap = wall - _wall - clock.GetElapsedTime(_count, count);
        (_wall, _count) = (wall, count);
        if (leap > LeapMax)
            _leaptAt = count;
        else if (leap < -LeapMax)
            _leaptAt = null;
        return _leaptAt is { } since && clock.GetElapsedTime(since, count) < Steady;
    }
}
