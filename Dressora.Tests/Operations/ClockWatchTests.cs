using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class ClockWatchTests
{
    private readonly TwoClocks _clocks = new();
    private readonly ClockWatch _watch;

    public ClockWatchTests() => _watch = new ClockWatch(_clocks);

    [Fact]
    public void Time_that_passes_on_both_clocks_is_believed()
    {
        _clocks.Pass(TimeSpan.FromDays(40));

        Assert.False(_watch.HasJumped());
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(6, true)]
    [InlineData(60 * 24 * 40, true)]
    public void A_leap_of_the_wall_clock_over_five_minutes_pauses(int minutes, bool pauses)
    {
        _clocks.Leap(TimeSpan.FromMinutes(minutes));

        Assert.Equal(pauses, _watch.HasJumped());
    }

    [Fact]
    public void It_goes_on_when_the_clock_has_run_steadily_for_a_while()
    {
        _clocks.Leap(TimeSpan.FromHours(1));
        Assert.True(_watch.HasJumped());

        _clocks.Pass(TimeSpan.FromMinutes(14));
        Assert.True(_watch.HasJumped());
        _clocks.Pass(TimeSpan.FromMinutes(1));
        Assert.False(_watch.HasJumped());
    }

    [Fact]
    public void It_goes_on_at_once_when_the_clock_is_put_right()
    {
        _clocks.Leap(TimeSpan.FromDays(365));
        Assert.True(_watch.HasJumped());

        _clocks.Leap(TimeSpan.FromDays(-365));

        Assert.False(_watch.HasJumped());
    }

    [Fact]
    public void A_clock_that_is_put_back_pauses_nothing()
    {
        _clocks.Leap(TimeSpan.FromMinutes(-10));

        Assert.False(_watch.HasJumped());
    }

    private sealed class TwoClocks : TimeProvider
    {
        private DateTimeOffset _wall = new(2031, 3, 4, 5, 6, 7, TimeSpan.Zero);
        private long _count;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _count;

        internal void Pass(TimeSpan time)
        {
            _count += time.Ticks;
            _wall += time;
        }

        internal void Leap(TimeSpan by) => _wall += by;
    }
}
