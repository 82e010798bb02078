using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Pages.Credits;

/// <summary>What a person reads at /credits. The clock stands still: see CreditsTimeTests for the calendar.</summary>
public sealed class CreditsTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncLifetime
{
    private static int _count;

    private readonly string _email = $"credits{Interlocked.Increment(ref _count)}@example.org";
    private readonly Till _till = new(shared.Site);
    private AppUser _person = null!;
    private PlainBrowser _browser = null!;

    private Site Site => shared.Site;

    public async Task InitializeAsync()
    {
        _person = await Site.PersonAsync(_email);
        _browser = await Site.SignInAsync(_email);
    }

    public Task DisposeAsync()
    {
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_new_person_finds_the_free_credits_and_the_days_uses()
    {
        var page = await _browser.GetAsync("/credits");

        Assert.Equal("500", page.TextOf(".balance-figure"));
        Assert.Equal("500 credits", page.TextOf("#credit-pill"));
        Assert.Contains("2 images, 5 messages", page.TextOf(".facts"), StringComparison.Ordinal);
        Assert.Contains("nothing used in 30 days", page.TextOf(".facts"), StringComparison.Ordinal);
        Assert.Contains("Free plan, March 2031 500 of 500", page.TextOf(".grant"), StringComparison.Ordinal);
        Assert.Contains("Expires 1 Apr, 00:00.", page.TextOf(".grant"), StringComparison.Ordinal);
        Assert.Equal("4 Mar 05:06 | 500 credits came in Free plan, March 2031 | +500 | 500", Assert.Single(Rows(page)));
    }

    [Fact]
    public async Task Without_free_credits_a_new_account_says_that_nothing_has_happened()
    {
        await using var bare = await Site.StartAsync(settings: ["Allowances:MonthlyCredits=0", "Allowances:DailyChat=0", "Allowances:DailyImages=0"]);
        await bare.PersonAsync();
        using var browser = await bare.SignInAsync();

        var page = await browser.GetAsync("/credits");

        Assert.Equal("0", page.TextOf(".balance-figure"));
        Assert.Equal("Nothing yet", page.TextOf(".empty h3"));
        Assert.False(page.Has(".grant"));
        Assert.DoesNotContain("Left today", page.Text, StringComparison.Ordinal);
        Assert.Equal("0 credits", page.TextOf("#credit-pill"));
    }

    [Fact]
    public async Task The_pill_of_every_room_says_what_is_left_and_what_is_held()
    {
        await _till.GrantAsync(_person.Id, 1_000);
        await _till.FreezeAsync(_person.Id, 20, Name("job"));

        var page = await _browser.GetAsync("/account");

        Assert.Equal("1,480 credits 20 held", page.TextOf("#credit-pill"));
        Assert.False(page.Find("#credit-pill").HasAttribute("hx-swap-oob"));
        Assert.Equal("/credits", page.Find("#credit-pill").GetAttribute("href"));
    }

    [Fact]
    public async Task Grants_stand_in_the_order_in_which_they_burn()
    {
        await _till.GrantAsync(_person.Id, 100, Category.Paid);
        await _till.GrantAsync(_person.Id, 50, Category.Promo, TimeSpan.FromDays(90), "gift:" + Name("g"));
        await _till.GrantAsync(_person.Id, 30, Category.Promo, TimeSpan.FromDays(2), Name("promo"));

        var page = await _browser.GetAsync("/credits");

        Assert.Equal(
            ["Free plan, March 2031", "A promotion", "A gift", "Bought on 4 Mar"],
            page.Document.QuerySelectorAll(".grant b").Select(b => b.TextContent));
        Assert.Equal(["500", "30", "50", "100"], page.Document.QuerySelectorAll(".grant progress").Select(p => p.GetAttribute("max")!));
        Assert.Contains("Never expires.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_says_in_words_what_happened_and_what_was_left()
    {
        await _browser.GetAsync("/credits");
        var (good, bad, cancelled) = (Name("job:good"), Name("job:bad"), Name("job:gone"));
        await _till.FreezeAsync(_person.Id, 20, good);
        await _till.SettleAsync(good, 15);
        await _till.FreezeAsync(_person.Id, 30, bad);
        await Release(bad, ReleaseCause.Failed, "failed");
        await _till.FreezeAsync(_person.Id, 1, cancelled);
        await Release(cancelled, ReleaseCause.Cancelled, "cancelled");
        await _till.AdjustAsync(_person.Id, 40, "sorry for the wait");
        await _till.AdjustAsync(_person.Id, -5, "counted twice");

        var rows = Rows(await _browser.GetAsync("/credits"));

        Assert.Equal(
            [
                "5 credits taken off by the people who run this server counted twice | −5 | 520",
                "40 credits given by the people who run this server sorry for the wait | +40 | 525",
                $"1 credit given back from {Job(cancelled)} You cancelled it. | +1 | 485",
                $"1 credit held for {Job(cancelled)} Free plan, March 2031 | −1 | 484",
                $"30 credits given back from {Job(bad)} It failed. | +30 | 485",
                $"30 credits held for {Job(bad)} Free plan, March 2031 | −30 | 455",
                $"5 credits given back from {Job(good)} It cost less than was held. | +5 | 485",
                $"15 credits spent on {Job(good)} Free plan, March 2031 | 0 | 480",
                $"20 credits held for {Job(good)} Free plan, March 2031 | −20 | 480",
                "500 credits came in Free plan, March 2031 | +500 | 500",
            ],
            rows.Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 2)..]));
    }

    [Fact]
    public async Task A_refund_of_what_was_used_is_owed_and_the_next_bought_credits_pay_it()
    {
        var (payment, job) = (Name("payment"), Name("job"));
        await _till.GrantAsync(_person.Id, 100, Category.Paid, source: payment);
        await _till.FreezeAsync(_person.Id, 80, job);
        await _till.SettleAsync(job, 80);
        await _till.RevokeAsync(payment, 100);

        var owing = await _browser.GetAsync("/credits");

        Assert.Contains("You owe 80 credits", owing.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Contains("80 credits owed Their payment was given back", string.Join('\n', Rows(owing)), StringComparison.Ordinal);
        Assert.Contains("20 credits taken back Their payment was given back", string.Join('\n', Rows(owing)), StringComparison.Ordinal);

        await _till.GrantAsync(_person.Id, 200, Category.Paid);
        var paid = await _browser.GetAsync("/credits");

        Assert.False(paid.Has(".flash--warn"));
        Assert.Contains("80 credits paid what was owed", string.Join('\n', Rows(paid)), StringComparison.Ordinal);
        Assert.Contains("80 credits no longer owed", string.Join('\n', Rows(paid)), StringComparison.Ordinal);
        Assert.Equal("620", paid.TextOf(".balance-figure"));
    }

    [Fact]
    public async Task What_cost_more_than_was_held_is_the_houses_line_not_the_persons()
    {
        await _till.GrantAsync(_person.Id, 100);
        var job = Name("job");
        await _till.FreezeAsync(_person.Id, 20, job);
        await _till.SettleAsync(job, 27);

        var page = await _browser.GetAsync("/credits");

        Assert.Contains($"7 credits more than were held for job {job} The house pays them, not you. | 0 | 80", Rows(page)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_days_free_uses_have_a_list_of_their_own_without_a_balance()
    {
        await _browser.GetAsync("/credits");
        var job = Name("job");
        await _till.FreezeAsync(_person.Id, 1, job, scope: Scopes.Image);
        await _till.SettleAsync(job, 1);

        var all = await _browser.GetAsync("/credits");
        var free = await _browser.GetAsync("/credits?kind=Free");

        Assert.Contains("1 image, 5 messages", all.TextOf(".facts"), StringComparison.Ordinal);
        Assert.Single(Rows(all));
        Assert.Equal("500", all.TextOf(".balance-figure"));
        Assert.Equal(3, free.Document.QuerySelectorAll("thead th").Length);
        Assert.Equal(
            [$"1 image spent on job {job} Free images, 4 Mar | 0", $"1 image held for job {job} Free images, 4 Mar | −1",
                "2 images for the day Free images, 4 Mar | +2", "5 messages for the day Free messages, 4 Mar | +5"],
            Rows(free).Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 2)..]));
    }

    [Theory]
    [InlineData("In", "came in")]
    [InlineData("Held", "held for")]
    [InlineData("Spent", "spent on")]
    [InlineData("Back", "given back")]
    [InlineData("Taken", "taken off")]
    public async Task A_kind_shows_its_lines_and_no_others(string kind, string says)
    {
        await _browser.GetAsync("/credits");
        var job = Name("job");
        await _till.FreezeAsync(_person.Id, 20, job);
        await _till.SettleAsync(job, 15);
        await _till.AdjustAsync(_person.Id, -5);

        var page = await _browser.GetAsync($"/credits?kind={kind}");

        Assert.Contains(says, Assert.Single(Rows(page)), StringComparison.Ordinal);
        Assert.True(page.Find($"#kind option[value={kind}]").HasAttribute("selected"));
    }

    [Fact]
    public async Task A_kind_of_which_there_is_nothing_says_so_and_leads_back()
    {
        var page = await _browser.GetAsync("/credits?kind=Owed");

        Assert.Equal("No such line", page.TextOf(".empty h3"));
        Assert.Equal("/credits", page.Find(".empty a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("?kind=Nonsense&month=2031-13")]
    [InlineData("?kind=99&month=0001-01")]
    [InlineData("?kind=&month=&page=-5")]
    [InlineData("?month=-&page=99999999999999")]
    public async Task What_cannot_be_asked_for_narrows_nothing(string query)
    {
        var page = await _browser.GetAsync("/credits" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(Rows(page));
    }

    [Fact]
    public async Task A_long_statement_is_fifty_lines_a_page_with_the_filter_kept()
    {
        await _browser.GetAsync("/credits");
        for (var i = 0; i < 53; i++)
            await _till.FreezeAsync(_person.Id, 1, Name($"job{i}"));

        var first = await _browser.GetAsync("/credits?kind=Held&month=2031-03");
        var second = await _browser.GetAsync("/credits" + first.Find("a[rel=next]").GetAttribute("href"));

        Assert.Equal(50, Rows(first).Count);
        Assert.Equal(3, Rows(second).Count);
        Assert.False(second.Has("a[rel=next]"));
        Assert.True(second.Find("#kind option[value=Held]").HasAttribute("selected"));
        Assert.Equal("51 to 53 of 53", second.TextOf("nav[aria-label=Pages] .num"));
    }

    [Fact]
    public async Task The_statement_is_a_file_for_a_spreadsheet_that_runs_nothing()
    {
        await _browser.GetAsync("/credits");
        await _till.AdjustAsync(_person.Id, 40, "=1+1,\"x\"");

        var csv = await _browser.GetAsync("/credits/csv?kind=In");
        var lines = csv.Text.Split("\r\n");

        Assert.Equal("text/csv", csv.ContentType);
        Assert.Equal("﻿when (UTC),what,why,change,to use,held,owed,reference,number", lines[0]);
        Assert.StartsWith("2031-03-04 05:06:07,40 credits given by the people who run this server,\"'=1+1,\"\"x\"\"\",40,540,0,0,gift:", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains("/credits/csv?kind=In", (await _browser.GetAsync("/credits?kind=In")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_led_to_the_door()
    {
        using var stranger = Site.NewBrowser();

        foreach (var path in new[] { "/credits", "/credits/csv", "/credits/anything" })
            Assert.StartsWith("/account/sign-in?returnTo=", (await stranger.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    private Task<Outcome> Release(string reference, ReleaseCause cause, string reason) => Site.Database.WriteAsync(write =>
        _till.Ledger.ReleaseAsync(write, new Command("r:" + reference), reference, cause, reason));

    private string Name(string what) => $"{what}-{_person.Id}";

    private static string Job(string reference) => "job " + reference.Replace("job:", "", StringComparison.Ordinal);

    internal static IReadOnlyList<string> Rows(Answer page) =>
    [
        .. page.Document.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.Children.Select(Words))),
    ];

    private static string Words(AngleSharp.Dom.IElement cell) => string.Join(
        ' ', string.Join(' ', cell.ChildNodes.Select(node => node.TextContent)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
