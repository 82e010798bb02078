using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Web.Identity;
using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Admin;

/// <summary>A fault of the books is found, named, stops money and nothing else, and only the owner opens them again.</summary>
public sealed class LedgerPageTests : IAsyncLifetime
{
    private Site _site = null!;
    private Till _till = null!;
    private PlainBrowser _owner = null!;
    private PlainBrowser _admin = null!;
    private long _person;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _till = new Till(_site);
        _owner = await _site.AdminAsync("owner@example.org", Role.Owner);
        _admin = await _site.AdminAsync();
        _person = (await _site.PersonAsync()).Id;
        await _till.GrantAsync(_person, 100, source: "payment:1");
        await _till.FreezeAsync(_person, 30, "job1");
        await _till.SettleAsync("job1", 20);
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        _admin.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_check_says_what_it_read_how_fast_and_that_all_is_well()
    {
        var before = await _admin.GetAsync("/admin/ledger");
        Assert.Contains("There was none yet", before.Text, StringComparison.Ordinal);

        var after = await _admin.FollowAsync(_admin.SubmitAsync(before, "form[action$=check]"));

        Assert.Contains("Checked: everything agrees.", after.Text, StringComparison.Ordinal);
        Assert.Contains("all good: 4 entries, 1 grants and 1 holds of 1 people in 0.0 s (4000 entries a second)", after.Text, StringComparison.Ordinal);
        Assert.False(after.Has("form[action$=clear]"));
    }

    [Fact]
    public async Task A_flipped_byte_is_found_and_named_and_stops_money_but_not_reading()
    {
        await FlipAsync();
        var page = await CheckAsync(_admin);

        Assert.Contains("something does not agree", page.TextOf(".flash"), StringComparison.Ordinal);
        Assert.Contains($"Person {_person}: entry 2 (row 2) was changed", page.TextOf("section[aria-labelledby=fault-title]"), StringComparison.Ordinal);
        Assert.Contains($"failed: Person {_person}: entry 2 (row 2) was changed", page.TextOf("section[aria-labelledby=last-title]"), StringComparison.Ordinal);

        var problems = await _admin.GetAsync("/admin");
        Assert.Contains("The books are closed", problems.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("check the ledger</h2>", problems.Text, StringComparison.Ordinal);

        using var person = await _site.SignInAsync();
        foreach (var path in new[] { "/credits", "/credits/job1", "/credits/csv", "/account" })
            Assert.Equal(HttpStatusCode.OK, (await person.GetAsync(path)).Status);
        Assert.Contains("no credits move until the owner has looked", (await person.GetAsync("/credits")).TextOf(".flash--warn"), StringComparison.Ordinal);
        foreach (var path in new[] { "/admin/people", $"/admin/people/{_person}/credits", "/admin/credits", "/admin/explain?q=job1" })
            Assert.Equal(HttpStatusCode.OK, (await _admin.GetAsync(path)).Status);
        Assert.Equal(4, await _site.ReadAsync(db => db.CreditEntries.CountAsync()));
    }

    [Fact]
    public async Task A_byte_that_flips_in_the_file_itself_is_found_and_named()
    {
        await _till.AdjustAsync(_person, 5, "an unmistakable reason");
        await Books.FlipAsync(_site, "an unmistakable reason");

        var page = await CheckAsync(_admin);

        Assert.Contains($"Person {_person}: entry 5 (row 5) was changed", page.TextOf("section[aria-labelledby=fault-title]"), StringComparison.Ordinal);
        using var person = await _site.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/credits")).Status);
        var gift = await _admin.SubmitAsync(
            await _admin.GetAsync($"/admin/people/{_person}/credits"), "main form", new { Form_Amount = "5", Form_Reason = "why" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, gift.Status);
    }

    [Fact]
    public async Task While_the_books_are_closed_giving_agreeing_and_giving_back_answer_503_with_words()
    {
        var form = await _admin.GetAsync($"/admin/people/{_person}/credits");
        await _admin.SubmitAsync(form, "main form", new { Form_Amount = "20000", Form_Reason = "a prize" });
        await _till.FreezeAsync(_person, 5, "late");
        _site.Clock.Advance(TimeSpan.FromHours(3));
        await FlipAsync();
        await CheckAsync(_admin);
        var credits = await _owner.GetAsync("/admin/credits");
        var entries = await _site.ReadAsync(db => db.CreditEntries.CountAsync());

        Answer[] answers =
        [
            await _admin.SubmitAsync(await _admin.GetAsync($"/admin/people/{_person}/credits"), "main form", new { Form_Amount = "5", Form_Reason = "why" }),
            await _owner.SubmitAsync(credits, "form[action$=approve]"),
            await _owner.SubmitAsync(credits, "form[action$=release]", new { reason = "why" }),
        ];

        Assert.All(answers, answer =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Contains("A check of this server's credit books found something that cannot be", answer.TextOf(".lede"), StringComparison.Ordinal);
        });
        Assert.Equal(entries, await _site.ReadAsync(db => db.CreditEntries.CountAsync()));
    }

    [Fact]
    public async Task Only_the_owner_opens_the_books_again_with_the_word_and_a_reason()
    {
        await FlipAsync();
        await CheckAsync(_admin);
        var page = await _owner.GetAsync("/admin/ledger");
        Assert.False((await _admin.GetAsync("/admin/ledger")).Has("form[action$=clear]"));

        var bare = await _owner.SubmitAsync(page, "form[action$=clear]", new { Word = "yes", Reason = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.Status);
        Assert.Contains("Type OPEN", bare.TextOf("#Word-error"), StringComparison.Ordinal);
        Assert.True(bare.Has("#Reason-error"));
        Assert.True(bare.Find("details.confirm").HasAttribute("open"));
        Assert.IsType<DatabaseUnavailable>(await TryGrantAsync());

        var open = await _owner.FollowAsync(_owner.SubmitAsync(page, "form[action$=clear]", new { Word = "open", Reason = "a restored backup" }));

        Assert.Contains("credits move again", open.TextOf(".flash--good"), StringComparison.Ordinal);
        Assert.Contains("was changed", open.TextOf("[aria-labelledby=before-title] tbody"), StringComparison.Ordinal);
        Assert.Null(await TryGrantAsync());
        Assert.Contains("a restored backup", (await _owner.GetAsync("/admin/audit?q=ledger")).TextOf("tbody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_who_is_not_the_owner_gets_403_for_the_owners_form()
    {
        await FlipAsync();
        var page = await CheckAsync(_owner);
        var form = await _admin.GetAsync("/admin/ledger");
        var token = form.Find("form[action$=check] [name=__RequestVerificationToken]").GetAttribute("value")!;

        var refused = await Shell.Ask.SendAsync(
            _admin, HttpMethod.Post, "/admin/ledger/clear",
            Shell.Ask.Form(("__RequestVerificationToken", token), ("Word", "OPEN"), ("Reason", "why")), ("Origin", "https://dressora.test"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.True(page.Has("form[action$=clear]"));
        Assert.IsType<DatabaseUnavailable>(await TryGrantAsync());
    }

    [Fact]
    public async Task A_fault_that_is_still_there_closes_the_books_again()
    {
        await FlipAsync();
        var page = await CheckAsync(_owner);
        await _owner.SubmitAsync(page, "form[action$=clear]", new { Word = "OPEN", Reason = "not mended" });

        var again = await CheckAsync(_owner);

        Assert.True(again.Has("form[action$=clear]"));
        Assert.Equal(2, await _site.ReadAsync(db => db.CreditFaults.CountAsync()));
    }

    [Fact]
    public async Task The_daily_check_finds_it_by_itself()
    {
        await FlipAsync();
        await _site.Services.GetRequiredService<Schedule>().RunDueAsync(CancellationToken.None);

        Assert.Contains("was changed", (await _admin.GetAsync("/admin/ledger")).Text, StringComparison.Ordinal);
    }

    private sealed record DatabaseUnavailable;

    private async Task<DatabaseUnavailable?> TryGrantAsync()
    {
        try
        {
            await _till.GrantAsync(_person, 1);
            return null;
        }
        catch (Web.Data.DatabaseUnavailableException e) when (e.Why == Web.Data.Unavailable.Damaged)
        {
            return new DatabaseUnavailable();
        }
    }

    private static async Task<Answer> CheckAsync(PlainBrowser browser) =>
        await browser.FollowAsync(browser.SubmitAsync(await browser.GetAsync("/admin/ledger"), "form[action$=check]"));

    /// <summary>Somebody with the file changes one letter of one entry.</summary>
    private Task FlipAsync() => Books.ChangeAsync(_site, "UPDATE credit_entries SET reason = 'x' WHERE number = 2");
}
