using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Credits;

/// <summary>Days and months are the person's own; the clock begins on 4 March 2031, 05:06:07 UTC.</summary>
public sealed class CreditsTimeTests : IAsyncLifetime
{
    private Site _site = null!;
    private Till _till = null!;
    private long _person;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _till = new Till(_site);
        _person = (await _site.PersonAsync()).Id;
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("UTC", "4 Mar05:06", "Expires 1 Apr, 00:00.")]
    [InlineData("Asia/Kolkata", "4 Mar10:36", "Expires 1 Apr, 05:30.")]
    [InlineData("America/Los_Angeles", "3 Mar21:06", "Expires 31 Mar, 17:00.")]
    public async Task Instants_are_shown_by_the_persons_clock(string zone, string when, string until)
    {
        await LiveInAsync(zone);
        using var browser = await _site.SignInAsync();

        var page = await browser.GetAsync("/credits");

        Assert.Equal(when, page.TextOf("tbody td"));
        Assert.Contains(until, page.TextOf(".grant"), StringComparison.Ordinal);
        Assert.Contains($"when ({zone})", (await browser.GetAsync("/credits/csv")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_days_free_uses_come_back_at_the_persons_midnight_and_not_before()
    {
        await LiveInAsync("Asia/Kolkata");
        Assert.Equal("2 images, 5 messages", await LeftTodayAsync());
        await UseAsync("job1", 2, Scopes.Image);

        _site.Clock.Advance(Until(new(2031, 3, 4, 18, 29, 59, TimeSpan.Zero)));
        Assert.Equal("0 images, 5 messages", await LeftTodayAsync());

        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2 images, 5 messages", await LeftTodayAsync());
    }

    [Fact]
    public async Task Used_today_and_this_month_begin_with_the_persons_day_and_month()
    {
        await LiveInAsync("America/Los_Angeles");
        await _till.GrantAsync(_person, 1_000);
        await UseAsync("a", 10);
        _site.Clock.Advance(Until(new(2031, 3, 5, 8, 0, 0, TimeSpan.Zero)));
        await UseAsync("b", 20);

        Assert.Equal(("20", "30"), await UsedAsync());

        _site.Clock.Advance(Until(new(2031, 4, 1, 6, 59, 59, TimeSpan.Zero)));
        Assert.Equal(("0", "30"), await UsedAsync());

        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("0", "0"), await UsedAsync());
    }

    [Fact]
    public async Task The_pace_of_thirty_days_says_how_long_it_lasts()
    {
        await _till.GrantAsync(_person, 400);
        await UseAsync("a", 300);
        using var browser = await _site.SignInAsync();

        Assert.Contains("At this pace, enough for60 days", (await browser.GetAsync("/credits")).TextOf(".facts"), StringComparison.Ordinal);

        _site.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Contains("nothing used in 30 days", (await browser.GetAsync("/credits")).TextOf(".facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_shows_its_own_lines_and_what_it_began_with()
    {
        await LiveInAsync("Asia/Kolkata");
        using var browser = await _site.SignInAsync();
        await browser.GetAsync("/credits");
        _site.Clock.Advance(Until(new(2031, 3, 31, 18, 30, 0, TimeSpan.Zero)));
        await UseAsync("april", 20);
        _site.Clock.Advance(TimeSpan.FromDays(2));

        var page = await browser.GetAsync("/credits?month=2031-04");
        var march = await browser.GetAsync("/credits?month=2031-03");

        Assert.Equal(["", "2031-04", "2031-03"], page.Document.QuerySelectorAll("#month option").Select(o => o.GetAttribute("value")!));
        var rows = CreditsTests.Rows(page);
        Assert.Equal("3 Apr 00:00 | 500 credits came in Free plan, April 2031 | +500 | 980", rows[0]);
        Assert.Equal("1 Apr 00:00 | 20 credits held for job april Free plan, March 2031 | −20 | 480", rows[^2]);
        Assert.Equal("| Carried over | | 500", rows[^1].Trim().Replace("  ", " ", StringComparison.Ordinal));
        Assert.Equal("4 Mar 10:36 | 500 credits came in Free plan, March 2031 | +500 | 500", Assert.Single(CreditsTests.Rows(march)));
    }

    [Fact]
    public async Task Credits_whose_time_is_over_are_gone_from_the_page_before_any_sweep()
    {
        await _till.GrantAsync(_person, 70, Category.Promo, TimeSpan.FromHours(1), "gift:x");
        using var browser = await _site.SignInAsync();
        Assert.Equal("570", (await browser.GetAsync("/credits")).TextOf(".balance-figure"));

        _site.Clock.Advance(TimeSpan.FromHours(1));
        var page = await browser.GetAsync("/credits");

        Assert.Equal("500", page.TextOf(".balance-figure"));
        Assert.Equal("500 credits", page.TextOf("#credit-pill"));
        Assert.Single(page.Document.QuerySelectorAll(".grant"));
        await _till.ExpireAsync();
        var booked = await browser.GetAsync("/credits?kind=Expired");
        Assert.Contains("70 credits expired A gift | −70 | 500", CreditsTests.Rows(booked)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credits_that_ran_out_while_a_failed_job_held_them_are_made_good()
    {
        await _till.GrantAsync(_person, 70, Category.Promo, TimeSpan.FromHours(1), "promo");
        await _till.FreezeAsync(_person, 50, "slow");
        _site.Clock.Advance(TimeSpan.FromHours(1));
        await _till.ReleaseAsync("slow");
        using var browser = await _site.SignInAsync();

        var page = await browser.GetAsync("/credits");
        var receipt = await browser.GetAsync("/credits/slow");

        Assert.Equal("550", page.TextOf(".balance-figure"));
        Assert.Contains("50 credits made good", page.Text, StringComparison.Ordinal);
        Assert.Contains("came back from job slow after their time was over", page.Text, StringComparison.Ordinal);
        Assert.Contains("Made good", page.TextOf(".grant:nth-child(2)"), StringComparison.Ordinal);
        Assert.Contains("Given back, 4 Mar, 06:0650", receipt.TextOf(".receipt"), StringComparison.Ordinal);
        Assert.Contains("of these made good, for three days50", receipt.TextOf(".receipt"), StringComparison.Ordinal);
        Assert.Contains("Cost0 credits", receipt.TextOf(".receipt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_gives_each_days_and_months_allowance_once()
    {
        using var one = await _site.SignInAsync();
        using var other = await _site.SignInAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : other).GetAsync("/credits")));

        Assert.Equal(3, await _site.ReadAsync(db => db.CreditGrants.CountAsync(grant => grant.UserId == _person)));
    }

    private Task LiveInAsync(string zone) => _site.Database.WriteAsync(async write =>
        (await write.Db.Users.SingleAsync(user => user.Id == _person)).LiveIn(zone));

    private async Task UseAsync(string job, long amount, string scope = Scopes.Any)
    {
        await _till.FreezeAsync(_person, amount, job, scope: scope);
        await _till.SettleAsync(job, amount);
    }

    private async Task<string> LeftTodayAsync()
    {
        using var browser = await _site.SignInAsync();
        return (await browser.GetAsync("/credits")).TextOf(".facts > :nth-child(4) dd");
    }

    private async Task<(string Today, string Month)> UsedAsync()
    {
        using var browser = await _site.SignInAsync();
        var page = await browser.GetAsync("/credits");
        return (page.TextOf(".facts > :nth-child(1) dd"), page.TextOf(".facts > :nth-child(2) dd"));
    }

    private TimeSpan Until(DateTimeOffset instant) => instant - _site.Clock.GetUtcNow();
}
