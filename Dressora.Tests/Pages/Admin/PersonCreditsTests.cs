using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Tests.Pages.Credits;
using Dressora.Tests.Shell;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Admin;

public sealed class PersonCreditsTests : IAsyncLifetime
{
    private Site _site = null!;
    private Till _till = null!;
    private PlainBrowser _admin = null!;
    private long _person;

    private string Here => $"/admin/people/{_person}/credits";

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _till = new Till(_site);
        _admin = await _site.AdminAsync();
        _person = (await _site.PersonAsync()).Id;
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_person_who_never_looked_has_an_empty_account()
    {
        var page = await _admin.GetAsync(Here);

        Assert.Equal("asha@example.org", page.Heading);
        Assert.Equal("Nothing yet", page.TextOf(".empty h3"));
        Assert.Equal("page", page.Find($".tabs a[href='{Here}']").GetAttribute("aria-current"));
        Assert.True((await _admin.GetAsync($"/admin/people/{_person}")).Has($".tabs a[href='{Here}']"));
    }

    [Fact]
    public async Task The_account_shows_its_sums_grants_open_holds_and_entries()
    {
        await _till.GrantAsync(_person, 100, source: "payment:1");
        await _till.FreezeAsync(_person, 30, "job1");
        await _till.SettleAsync("job1", 30);
        await _till.FreezeAsync(_person, 20, "job2");

        var page = await _admin.GetAsync(Here);

        Assert.Equal(["50", "20", "0", "30", "4"], page.Document.QuerySelectorAll(".facts dd").Select(dd => dd.TextContent));
        var rows = CreditsTests.Rows(page);
        Assert.Equal("job2 | 20 credits | 3/4/2031 5:06 AM | 3/4/2031 7:06 AM", rows[0]);
        Assert.Equal("Bought on 4 Mar | Paid | – | 100 | 50 | 20 | 30 | 0 | 0", rows[1]);
        Assert.Equal("3/4/2031 5:06:07 AM | 20 credits held for job job2 Bought on 4 Mar | Available → Held entry 4 | 50, 20, 0 | system | job2", rows[2]);
    }

    [Fact]
    public async Task A_gift_arrives_with_its_reason_and_leaves_a_line_in_the_audit_list()
    {
        var after = await _admin.FollowAsync(SendAsync("50", "sorry for the wait"));

        Assert.Equal("50 credits given.", after.TextOf(".flash--good"));
        using var person = await _site.SignInAsync();
        Assert.Equal("Notices, 1 new", (await person.GetAsync("/studio")).Find(".bell").GetAttribute("aria-label"));
        Assert.Contains(
            "50 credits given by the people who run this server sorry for the wait | +50 | 50",
            string.Join('\n', CreditsTests.Rows(await person.GetAsync("/credits"))), StringComparison.Ordinal);
        Assert.False((await person.GetAsync("/notices")).Has(".bell b"));
        var audit = await _admin.GetAsync("/admin/audit?q=gift%20credits");
        Assert.Contains("50: sorry for the wait", audit.TextOf("tbody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_takes_off_what_is_there_and_refuses_what_is_not()
    {
        await _till.GrantAsync(_person, 100);

        var few = await SendAsync("101", "counted twice", takes: true);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, few.Status);
        Assert.Contains("There are only 100 to take.", few.TextOf(".error"), StringComparison.Ordinal);
        Assert.Equal("101", few.Find("#Form_Amount").GetAttribute("value"));

        var taken = await _admin.FollowAsync(_admin.SubmitAsync(few, "main form", new { Form_Amount = "1,00" }));
        Assert.Equal("100 credits taken off.", taken.TextOf(".flash--good"));
        Assert.Equal(0, (await _till.AccountAsync(_person)).Available);
        Assert.Contains("-100: counted twice", (await _admin.GetAsync("/admin/audit?q=correct%20credits")).TextOf("tbody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressing_twice_gives_once()
    {
        var page = await _admin.GetAsync(Here);
        var fields = new { Form_Amount = "50", Form_Reason = "sorry" };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _admin.SubmitAsync(page, "main form", fields)));
        var late = await _admin.SubmitAsync(page, "main form", fields);

        Assert.Equal(Here, late.Location);
        Assert.Equal(50, (await _till.AccountAsync(_person)).Available);
        Assert.Equal(1, await _site.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == "gift credits")));
    }

    [Fact]
    public async Task The_same_page_with_other_words_in_it_gives_nothing_and_says_so()
    {
        var page = await _admin.GetAsync(Here);
        await _admin.SubmitAsync(page, "main form", new { Form_Amount = "50", Form_Reason = "sorry" });

        var other = await _admin.SubmitAsync(page, "main form", new { Form_Amount = "60", Form_Reason = "sorry" });
        Assert.Contains("sent before with other words", other.TextOf(".error"), StringComparison.Ordinal);
        Assert.Equal(50, (await _till.AccountAsync(_person)).Available);

        await _admin.SubmitAsync(other, "main form");
        Assert.Equal(110, (await _till.AccountAsync(_person)).Available);
    }

    [Theory]
    [InlineData("", "why", "A whole number")]
    [InlineData("0", "why", "A whole number")]
    [InlineData("-5", "why", "A whole number")]
    [InlineData("1.5", "why", "A whole number")]
    [InlineData("1000000001", "why", "A whole number")]
    [InlineData("99999999999999999999", "why", "A whole number")]
    [InlineData("5", "  ", "Say why")]
    public async Task What_cannot_be_given_is_refused_with_what_was_typed(string amount, string reason, string says)
    {
        var page = await SendAsync(amount, reason);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(says, page.TextOf(".error"), StringComparison.Ordinal);
        Assert.Equal(amount, page.Find("#Form_Amount").GetAttribute("value"));
        Assert.Equal(0, await _site.ReadAsync(db => db.CreditEntries.CountAsync()));
    }

    [Fact]
    public async Task A_form_without_its_key_or_with_a_long_reason_is_refused()
    {
        var page = await _admin.GetAsync(Here);

        Assert.Contains("too old", (await _admin.SubmitAsync(page, "main form", new { Form_Key = "x", Form_Amount = "5", Form_Reason = "why" })).TextOf(".error"), StringComparison.Ordinal);
        Assert.Contains("At most 300", (await SendAsync("5", new string('x', 301))).TextOf(".error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Above_ten_thousand_nothing_happens_until_a_second_admin_agrees()
    {
        var alone = await _admin.FollowAsync(SendAsync("10000", "a prize"));
        Assert.Equal("10,000 credits given.", alone.TextOf(".flash--good"));

        var page = await _admin.GetAsync(Here);
        var fields = new { Form_Amount = "10001", Form_Reason = "a bigger prize" };
        var asked = await _admin.FollowAsync(_admin.SubmitAsync(page, "main form", fields));
        await _admin.SubmitAsync(page, "main form", fields);

        Assert.Contains("a second admin has to agree", asked.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Contains("+10,001 credits wait for a second admin: a bigger prize", asked.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(1, await _site.ReadAsync(db => db.CreditProposals.CountAsync()));
        Assert.Equal(10_000, (await _till.AccountAsync(_person)).Available);
    }

    [Fact]
    public async Task Entries_come_fifty_a_page_newest_first()
    {
        await _till.GrantAsync(_person, 1_000);
        for (var i = 0; i < 51; i++)
            await _till.FreezeAsync(_person, 1, $"job{i}");

        var first = await _admin.GetAsync(Here);
        var second = await _admin.GetAsync(Here + first.Find("a[rel=next]").GetAttribute("href"));

        Assert.Equal(50, Entries(first).Count);
        Assert.Contains("entry 52", Entries(first)[0], StringComparison.Ordinal);
        Assert.Equal(["entry 2", "entry 1"], Entries(second).Select(row => row[row.IndexOf("entry", StringComparison.Ordinal)..][..7]));
        Assert.Empty(Entries(await _admin.GetAsync(Here + "?page=9")));
    }

    [Fact]
    public async Task Of_a_deleted_account_the_books_stay_and_nothing_can_be_given_to_it()
    {
        await _till.GrantAsync(_person, 100, source: "payment:1");
        var before = await _admin.GetAsync(Here);
        await _site.Database.WriteAsync(write => write.Db.Users.Where(user => user.Id == _person).ExecuteDeleteAsync());

        var page = await _admin.GetAsync(Here);

        Assert.Equal($"Person {_person} (deleted)", page.Heading);
        Assert.Single(Entries(page));
        Assert.False(page.Has("main form"));
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.SubmitAsync(before, "main form", new { Form_Amount = "5", Form_Reason = "why" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync("/admin/people/999999/credits")).Status);
    }

    [Fact]
    public async Task The_list_of_people_says_what_each_has_and_holds()
    {
        await _till.GrantAsync(_person, 1_500);
        await _till.GrantAsync(_person, 9, Category.Promo, TimeSpan.FromMinutes(5));
        await _till.GrantAsync(_person, 7, scope: Scopes.Image);
        await _till.FreezeAsync(_person, 20, "job1");
        _site.Clock.Advance(TimeSpan.FromMinutes(5));

        var row = CreditsTests.Rows(await _admin.GetAsync("/admin/people?q=asha")).Single();
        var other = CreditsTests.Rows(await _admin.GetAsync("/admin/people?q=admin@")).Single();

        Assert.Contains("| 1,489 20 held |", row, StringComparison.Ordinal);
        Assert.Contains("| 0 |", other, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/people/1/credits")]
    [InlineData("/admin/credits")]
    [InlineData("/admin/ledger")]
    [InlineData("/admin/explain?q=x")]
    public async Task The_rooms_of_money_are_closed_to_people_and_to_strangers(string path)
    {
        using var person = await _site.SignInAsync();
        using var stranger = _site.NewBrowser();

        Assert.Equal(HttpStatusCode.Forbidden, (await person.GetAsync(path)).Status);
        Assert.StartsWith("/account/sign-in", (await stranger.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    private async Task<Answer> SendAsync(string amount, string reason, bool takes = false) => await _admin.SubmitAsync(
        await _admin.GetAsync(Here), "main form", new { Form_Amount = amount, Form_Reason = reason, Form_Takes = takes ? "true" : "false" });

    private static List<string> Entries(Answer page) =>
        [.. page.Document.QuerySelectorAll("[aria-label=Entries] tbody tr").Select(row => row.TextContent)];
}
