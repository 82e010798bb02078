using Xunit;

namespace Dressora.Tests.Harness;

public sealed class FakeClockTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void It_stands_still_until_it_is_moved()
    {
        Assert.Equal(FakeClock.Start, _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(FakeClock.Start.AddMinutes(1), _clock.GetUtcNow());
    }

    [Fact]
    public void Stopwatches_move_with_it()
    {
        var began = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1_500));

        Assert.Equal(TimeSpan.FromMilliseconds(1_500), _clock.GetElapsedTime(began));
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come_and_not_before()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_timer_that_repeats_sees_each_of_its_times()
    {
        List<DateTimeOffset> seen = [];
        using var timer = _clock.CreateTimer(_ => seen.Add(_clock.GetUtcNow()), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));

        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal([10, 30, 50], seen.Select(at => (int)(at - FakeClock.Start).TotalSeconds));
    }

    [Fact]
    public void Whoever_moves_it_further_meanwhile_is_not_taken_back()
    {
        using var timer = _clock.CreateTimer(_ => _clock.Advance(TimeSpan.FromHours(1)), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(FakeClock.Start.AddHours(1).AddSeconds(10), _clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_that_was_stopped_stays_silent()
    {
        var rang = false;
        var timer = _clock.CreateTimer(_ => rang = true, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        timer.Dispose();

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(rang);
    }

    [Fact]
    public void A_timer_may_start_another()
    {
        List<int> rang = [];
        using var first = _clock.CreateTimer(
            _ => _clock.CreateTimer(_ => rang.Add(2), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan),
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal([2], rang);
    }
}
