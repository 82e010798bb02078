using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers;

public sealed class BreakersTests
{
    private const string Name = "fal";
    private readonly FakeClock _clock = new();
    private readonly Breakers _breakers;

    public BreakersTests() => _breakers = new Breakers(_clock);

    [Theory]
    [InlineData(ErrorClass.Auth)]
    [InlineData(ErrorClass.OutOfFunds)]
    public void A_wrong_key_or_an_empty_purse_opens_at_once_and_is_told_once(ErrorClass cause)
    {
        Assert.True(Fail(cause));
        Assert.False(Fail(cause));

        Assert.True(_breakers.IsOpen(Name));
        Assert.False(_breakers.TryPass(Name));
        Assert.Equal(cause, _breakers.View(Name).Cause!.Class);
    }

    [Theory]
    [InlineData(ErrorClass.Transient)]
    [InlineData(ErrorClass.Timeout)]
    public void Five_failures_in_a_row_open_it(ErrorClass cause)
    {
        for (var i = 0; i < 4; i++)
            Assert.False(Fail(cause));
        Assert.True(_breakers.TryPass(Name));

        Assert.True(Fail(cause));
        Assert.False(_breakers.TryPass(Name));
    }

    [Theory]
    [InlineData(ErrorClass.RejectedContent)]
    [InlineData(ErrorClass.BadInput)]
    public void One_that_says_no_works(ErrorClass no)
    {
        for (var i = 0; i < 20; i++)
            Fail(i % 5 == 4 ? no : ErrorClass.Transient);

        Assert.False(_breakers.IsOpen(Name));
    }

    [Theory]
    [InlineData(ErrorClass.RateLimited)]
    [InlineData(ErrorClass.Unsupported)]
    public void One_that_is_asked_too_often_or_not_at_all_is_neither_well_nor_ill(ErrorClass neither)
    {
        for (var i = 0; i < 20; i++)
            Fail(neither);
        Assert.False(_breakers.IsOpen(Name));

        for (var i = 0; i < 9; i++)
            Fail(i % 2 == 0 ? ErrorClass.Transient : neither);
        Assert.True(_breakers.IsOpen(Name));
    }

    [Fact]
    public void After_a_rest_one_is_let_through_and_decides()
    {
        OpenIt();
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(BreakerState.Trying, _breakers.View(Name).State);

        Assert.True(_breakers.TryPass(Name));
        Assert.False(_breakers.TryPass(Name));
        _breakers.Succeeded(Name);

        Assert.Equal(BreakerState.Closed, _breakers.View(Name).State);
        Assert.True(_breakers.TryPass(Name));
    }

    [Fact]
    public void Each_rest_is_longer_up_to_ten_minutes()
    {
        OpenIt();
        foreach (var seconds in new[] { 30, 60, 120, 240, 480, 600, 600 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.False(_breakers.TryPass(Name));
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(_breakers.TryPass(Name));
            Assert.False(Fail(ErrorClass.Transient));
        }
    }

    [Fact]
    public void One_that_was_let_through_and_lost_blocks_nobody_for_ever()
    {
        OpenIt();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_breakers.TryPass(Name));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True(_breakers.TryPass(Name));
    }

    [Fact]
    public void Old_jobs_that_still_go_well_do_not_fill_the_purse()
    {
        Fail(ErrorClass.OutOfFunds);
        _breakers.Succeeded(Name);

        Assert.True(_breakers.IsOpen(Name));
    }

    [Fact]
    public void An_admin_closes_it()
    {
        Fail(ErrorClass.Auth);
        _breakers.Reset(Name);

        Assert.True(_breakers.TryPass(Name));
        Assert.Single(_breakers.View(Name).LastErrors);
    }

    [Fact]
    public void Providers_do_not_answer_for_each_other()
    {
        Fail(ErrorClass.Auth);

        Assert.False(_breakers.IsOpen("evolink"));
    }

    [Fact]
    public async Task A_new_key_is_a_new_chance()
    {
        await using var rig = Rig.Open(["Providers:FalKey=one"]);
        rig.Catalog.Breakers.Failed("fal", new ProviderError(ErrorClass.Auth, "unauthorized", ""));
        rig.Catalog.Breakers.Failed("evolink", new ProviderError(ErrorClass.OutOfFunds, "quota", ""));
        Assert.False(rig.Catalog.CanAsk("fal"));

        rig.Configuration["Providers:FalKey"] = "two";
        rig.Configuration.Reload();

        Assert.True(rig.Catalog.CanAsk("fal"));
    }

    private void OpenIt()
    {
        for (var i = 0; i < 5; i++)
            Fail(ErrorClass.Transient);
    }

    private bool Fail(ErrorClass cause) => _breakers.Failed(Name, new ProviderError(cause, "code", "message"));
}
