using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Tests.Pages.Credits;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Admin;

/// <summary>/admin/credits, /admin/explain and what the first page says of them.</summary>
public sealed class HouseCreditsTests : IAsyncLifetime
{
    private Site _site = null!;
    private Till _till = null!;
    private PlainBrowser _one = null!;
    private PlainBrowser _other = null!;
    private long _person;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _till = new Till(_site);
        _one = await _site.AdminAsync("one@example.org");
        _other = await _site.AdminAsync("other@example.org");
        _person = (await _site.PersonAsync()).Id;
    }

    public async Task DisposeAsync()
    {
        _one.Dispose();
        _other.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_house_adds_up_to_nothing()
    {
        var page = await _one.GetAsync("/admin/credits");

        Assert.Contains("0 issued = 0 available + 0 held + 0 spent + 0 expired + 0 taken back.", page.Text, StringComparison.Ordinal);
        Assert.Equal("All credits | 0 | 0 | 0 | 0 | 0 | 0 | 0", Assert.Single(CreditsTests.Rows(page)));
        Assert.Contains("Nothing waits.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_issued_is_the_sum_of_what_became_of_it()
    {
        using var person = await _site.SignInAsync();
        await person.GetAsync("/credits");
        await _till.GrantAsync(_person, 100, source: "payment:1");
        await _till.GrantAsync(_person, 40, Category.Promo, TimeSpan.FromMinutes(1));
        await _till.FreezeAsync(_person, 560, "a");
        await _till.SettleAsync("a", 570);
        await _till.RevokeAsync("payment:1", 100);
        await _till.GrantAsync(_person, 1_000, Category.Promo);
        await _till.GrantAsync(_person + 1, 500);
        await _till.FreezeAsync(_person + 1, 200, "b");
        _site.Clock.Advance(TimeSpan.FromMinutes(2));
        await _till.ExpireAsync();

        var page = await _one.GetAsync("/admin/credits");

        Assert.Contains("2,140 issued = 1,300 available + 200 held + 560 spent + 0 expired + 80 taken back.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["20", "1", "10"], page.Document.QuerySelectorAll(".facts dd").Select(dd => dd.TextContent));
        Assert.Equal(
            [
                "Plans | 1 | 500 | 0 | 0 | 500 | 0 | 0", "Gifts and promotions | 2 | 1,040 | 1,000 | 0 | 40 | 0 | 0",
                "Bought | 2 | 600 | 300 | 200 | 20 | 0 | 80", "All credits | 5 | 2,140 | 1,300 | 200 | 560 | 0 | 80",
                "Free messages | 1 | 5 | 5 | 0 | 0 | 0 | 0", "Free images | 1 | 2 | 2 | 0 | 0 | 0 | 0",
            ],
            CreditsTests.Rows(page));
    }

    [Fact]
    public async Task The_sums_are_counted_at_most_once_a_minute_and_say_when()
    {
        var first = await _one.GetAsync("/admin/credits");
        await _till.GrantAsync(_person, 100);
        _site.Clock.Advance(TimeSpan.FromSeconds(59));
        var second = await _one.GetAsync("/admin/credits");
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await _one.GetAsync("/admin/credits");

        Assert.Contains("Counted at 5:06:07 AM UTC", first.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("Counted at 5:06:07 AM UTC", second.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("Counted at 5:07:07 AM UTC", third.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("100 issued", third.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_gift_needs_another_admin_than_the_one_who_asked()
    {
        await AskAsync("20000");
        Assert.Contains("One large gift or correction waits", (await _one.GetAsync("/admin")).Text, StringComparison.Ordinal);
        var own = await _one.GetAsync("/admin/credits");
        Assert.Contains("It is yours", own.Text, StringComparison.Ordinal);
        Assert.False(own.Has("form[action$=approve]"));

        var page = await _other.GetAsync("/admin/credits");
        var done = await _other.FollowAsync(_other.SubmitAsync(page, "form[action$=approve]"));
        var again = await _other.FollowAsync(_other.SubmitAsync(page, "form[action$=approve]"));

        Assert.Equal("Agreed, and done.", done.TextOf(".flash--good"));
        Assert.Contains("decided already", again.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Equal(20_000, (await _till.AccountAsync(_person)).Available);
        Assert.DoesNotContain("large gift", (await _one.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asked_cannot_agree_by_sending_anothers_form()
    {
        await AskAsync("20000");
        await AskAsync("30000", _other);
        var page = await _one.GetAsync("/admin/credits");
        var own = await _site.ReadAsync(db => db.CreditProposals.Where(p => p.Amount == 20_000).Select(p => p.Id).SingleAsync());

        var refused = await _one.FollowAsync(_one.SubmitAsync(page, "form[action$=approve]", new { id = $"{own}" }));

        Assert.Contains("it is your own", refused.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.CreditEntries.CountAsync()));
    }

    [Fact]
    public async Task A_declined_gift_moves_nothing_and_whoever_asked_may_take_it_back()
    {
        await AskAsync("20000");
        await AskAsync("30000");
        var page = await _other.GetAsync("/admin/credits");

        var declined = await _other.FollowAsync(_other.SubmitAsync(page, "form[action$=decline]"));
        Assert.Equal("Declined. No credits moved.", declined.TextOf(".flash--good"));
        Assert.Equal("Take it back", (await _one.GetAsync("/admin/credits")).TextOf("form[action$=decline] button"));
        await _one.SubmitAsync(await _one.GetAsync("/admin/credits"), "form[action$=decline]");

        Assert.Equal(0, await _site.ReadAsync(db => db.CreditEntries.CountAsync()));
        Assert.Equal(2, await _site.ReadAsync(db => db.CreditProposals.CountAsync(p => p.State == ProposalState.Declined)));
    }

    [Fact]
    public async Task A_large_correction_of_what_is_gone_meanwhile_is_declined()
    {
        await _till.GrantAsync(_person, 20_000, source: "payment:1");
        await AskAsync("20000", takes: true);
        await _till.RevokeAsync("payment:1", 1);

        var page = await _other.GetAsync("/admin/credits");
        Assert.Equal("−20,000", page.TextOf(".entry .badge"));
        var refused = await _other.FollowAsync(_other.SubmitAsync(page, "form[action$=approve]"));

        Assert.Contains("no longer there", refused.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Equal(19_999, (await _till.AccountAsync(_person)).Available);
        Assert.Equal(ProposalState.Declined, (await _site.ReadAsync(db => db.CreditProposals.SingleAsync())).State);
    }

    [Fact]
    public async Task A_hold_past_its_deadline_is_shown_and_given_back_with_a_reason_once()
    {
        await _till.GrantAsync(_person, 100);
        await _till.FreezeAsync(_person, 30, "job1");
        await _till.FreezeAsync(_person, 20, "job2", lifetime: TimeSpan.FromHours(24));
        _site.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(9));
        Assert.DoesNotContain("past its deadline", (await _one.GetAsync("/admin")).Text, StringComparison.Ordinal);
        _site.Clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        Assert.Contains("One hold is past its deadline", (await _one.GetAsync("/admin")).Text, StringComparison.Ordinal);

        var page = await _one.GetAsync("/admin/credits");
        Assert.Single(page.Document.QuerySelectorAll("form[action$=release]"));
        var silent = await _one.FollowAsync(_one.SubmitAsync(page, "form[action$=release]", new { reason = " " }));
        Assert.Contains("say why", silent.TextOf(".flash--warn"), StringComparison.Ordinal);
        var given = await _one.FollowAsync(_one.SubmitAsync(page, "form[action$=release]", new { reason = "the worker died" }));
        var again = await _one.FollowAsync(_one.SubmitAsync(page, "form[action$=release]", new { reason = "the worker died" }));

        Assert.Equal("Given back.", given.TextOf(".flash--good"));
        Assert.Contains("closed already", again.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Equal((80, 20), ((await _till.AccountAsync(_person)).Available, (await _till.AccountAsync(_person)).Held));
        Assert.Equal(1, await _site.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == "release a hold")));
        using var person = await _site.SignInAsync();
        Assert.Contains("By the people who run this server: the worker died", (await person.GetAsync("/credits/job1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_whose_job_may_still_run_cannot_be_given_back_by_hand()
    {
        await _till.GrantAsync(_person, 100);
        await _till.FreezeAsync(_person, 30, "late");
        await _till.FreezeAsync(_person, 20, "running", lifetime: TimeSpan.FromHours(24));
        _site.Clock.Advance(TimeSpan.FromHours(3));
        var page = await _one.GetAsync("/admin/credits");
        var running = (await _till.HoldOfAsync("running")).Id;

        foreach (var id in new[] { running, 999_999 })
        {
            var refused = await _one.FollowAsync(_one.SubmitAsync(page, "form[action$=release]", new { id = $"{id}", reason = "why" }));
            Assert.Contains("Nothing was done", refused.TextOf(".flash--warn"), StringComparison.Ordinal);
        }

        Assert.Equal(50, (await _till.AccountAsync(_person)).Held);
    }

    [Fact]
    public async Task A_reference_tells_the_life_of_its_credits()
    {
        await _till.GrantAsync(_person, 100, source: "payment:1");
        await _till.FreezeAsync(_person, 30, "job1");
        await _till.SettleAsync("job1", 20);
        var box = await _one.GetAsync("/admin/credits");

        var job = await _one.SubmitAsync(box, "form[action='/admin/explain']", new { q = " job1 " });
        var payment = await _one.GetAsync("/admin/explain?q=payment%3A1");

        Assert.Equal(["Frozen", "Settled", "Released"], await KindsAsync("job1"));
        Assert.Equal(3, CreditsTests.Rows(job).Count);
        Assert.Contains("Settled", job.TextOf("dl"), StringComparison.Ordinal);
        Assert.True(job.Has($"a[href='/admin/people/{_person}/credits']"));
        Assert.Equal(4, CreditsTests.Rows(payment).Count);
        Assert.Contains("Issued 100 credits, Paid", payment.TextOf("dl").Replace("Issued100", "Issued 100", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Nothing in the ledger is called that", (await _one.GetAsync("/admin/explain?q=nope")).TextOf(".empty h2"));
        Assert.False((await _one.GetAsync("/admin/explain")).Has(".empty"));
    }

    [Fact]
    public async Task What_a_failed_job_was_made_good_with_belongs_to_its_life()
    {
        await _till.GrantAsync(_person, 70, Category.Promo, TimeSpan.FromHours(1), "promo");
        await _till.FreezeAsync(_person, 50, "slow");
        _site.Clock.Advance(TimeSpan.FromHours(1));
        await _till.ReleaseAsync("slow");

        var rows = CreditsTests.Rows(await _one.GetAsync("/admin/explain?q=slow"));

        Assert.Equal(3, rows.Count);
        Assert.Contains("50 credits made good", rows[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/credits/bogus")]
    [InlineData("/admin/ledger/bogus")]
    public async Task A_verb_that_is_not_there_is_404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _one.GetAsync(path)).Status);

    private async Task<IReadOnlyList<string>> KindsAsync(string reference) => await _site.ReadAsync(db =>
        db.CreditEntries.Where(e => e.Reference == reference).OrderBy(e => e.Id).Select(e => e.Kind.ToString()).ToListAsync());

    private async Task AskAsync(string amount, PlainBrowser? admin = null, bool takes = false)
    {
        var browser = admin ?? _one;
        var page = await browser.GetAsync($"/admin/people/{_person}/credits");
        await browser.SubmitAsync(page, "main form", new { Form_Amount = amount, Form_Reason = "a prize", Form_Takes = takes ? "true" : "false" });
    }
}
