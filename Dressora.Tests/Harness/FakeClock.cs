namespace Dressora.Tests.Harness;

/// <summary>A clock that stands still until a test moves it; timers and timestamps move with it.</summary>
public sealed class FakeClock : TimeProvider
{
    /// <summary>Ahead of any real clock, so that a real browser never thinks a cookie is old.</summary>
    public static readonly DateTimeOffset Start = new(2031, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = Start;
    private TimeSpan _wrong;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now + _wrong;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now.UtcTicks;
    }

    /// <summary>Somebody sets the wall clock, forward or back. No time has passed: timers and timestamps do not notice.</summary>
    public void Set(DateTimeOffset wall)
    {
        lock (_lock)
            _wrong = wall - _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, stopping at every timer on the way so that each sees the time it was due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Passed + by;
        while (NextDue(target) is { } timer)
            timer.Fire();
        // A timer that somebody sets to now, on another thread, moves on by nothing; it must not take our step back.
        lock (_lock)
            _now = target > _now ? target : _now;
    }

    private DateTimeOffset Passed
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    private Timer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is null)
                return null;
            _now = next.Due > _now ? next.Due : _now;
            if (next.Period > TimeSpan.Zero)
                next.Due += next.Period;
            else
                _timers.Remove(next);
            return next;
        }
    }

    private sealed class Timer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        internal DateTimeOffset Due { get; set; }
        internal TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock._now + dueTime;
                Period = period;
                clock._timers.Add(this);
            }

            if (dueTime == TimeSpan.Zero)
                clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire() => callback(state);
    }
}
