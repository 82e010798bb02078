using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Ledger;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Pages.Credits;

/// <summary>The care label of one job's or one payment's credits.</summary>
public sealed class ReceiptTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncLifetime
{
    private static int _count;

    private readonly string _email = $"receipt{Interlocked.Increment(ref _count)}@example.org";
    private readonly Till _till = new(shared.Site);
    private long _person;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _person = (await shared.Site.PersonAsync(_email)).Id;
        _browser = await shared.Site.SignInAsync(_email);
        await _browser.GetAsync("/credits");
    }

    public Task DisposeAsync()
    {
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_job_in_work_says_what_is_held_and_when_it_comes_back_at_the_latest()
    {
        await _till.FreezeAsync(_person, 20, Name("job"));

        var label = (await _browser.GetAsync($"/credits/{Name("job")}")).TextOf(".receipt");

        Assert.Contains("Held, 4 Mar, 05:0620", label, StringComparison.Ordinal);
        Assert.Contains("from Free plan, March 203120", label, StringComparison.Ordinal);
        Assert.Contains("Still held20 credits", label, StringComparison.Ordinal);
        Assert.Contains("at the latest4 Mar, 07:06", label, StringComparison.Ordinal);
        Assert.Contains("You have480 credits", label, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_job_says_what_was_held_kept_and_given_back_from_which_grants_and_why()
    {
        await _till.GrantAsync(_person, 100, source: Name("payment"));
        await _till.FreezeAsync(_person, 520, Name("job"));
        await _till.SettleAsync(Name("job"), 505);

        var page = await _browser.GetAsync($"/credits/{Name("job")}");
        var label = page.TextOf(".receipt");

        Assert.Equal($"job {Name("job")}", page.TextOf(".lede"));
        foreach (var line in new[]
            {
                "Held, 4 Mar, 05:06520", "from Free plan, March 2031500", "from Bought on 4 Mar20", "Kept, 4 Mar, 05:06505",
                "Given back, 4 Mar, 05:0615", "Cost505 credits", "You have95 credits",
            })
        {
            Assert.Contains(line, label, StringComparison.Ordinal);
        }

        Assert.Equal(5, page.Document.QuerySelectorAll("ol.rows > li").Length);
        Assert.Contains("It cost less than was held.", page.TextOf("ol.rows"), StringComparison.Ordinal);
        Assert.DoesNotContain("made good", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_job_costs_nothing_and_says_so()
    {
        await _till.FreezeAsync(_person, 20, Name("job"));
        await _till.ReleaseAsync(Name("job"));

        var label = (await _browser.GetAsync($"/credits/{Name("job")}")).TextOf(".receipt");

        Assert.Contains("Kept, 4 Mar, 05:060", label, StringComparison.Ordinal);
        Assert.Contains("Given back, 4 Mar, 05:0620", label, StringComparison.Ordinal);
        Assert.Contains("Cost0 credits", label, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_says_what_became_of_its_credits()
    {
        var payment = "payment:" + Name("pay");
        await _till.GrantAsync(_person, 100, source: payment);
        await _till.FreezeAsync(_person, 550, Name("job"));
        await _till.SettleAsync(Name("job"), 550);
        await _till.RevokeAsync(payment, 100);

        var page = await _browser.GetAsync($"/credits/{Uri.EscapeDataString(payment)}");
        var label = page.TextOf(".receipt");

        Assert.Equal("Bought on 4 Mar", page.TextOf(".lede"));
        foreach (var line in new[] { "Came in, 4 Mar, 05:06100", "Spent50", "Taken back50", "was taken back50", "Left0 credits", "Never expires." })
            Assert.Contains(line, label, StringComparison.Ordinal);
        Assert.Contains("100 credits bought", page.TextOf("ol.rows"), StringComparison.Ordinal);
        Assert.Contains("50 credits owed", page.TextOf("ol.rows"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_of_the_statement_leads_to_its_receipt()
    {
        await _till.AdjustAsync(_person, 40);
        await _till.FreezeAsync(_person, 20, "job:" + Name("näh & co? #1"));
        var page = await _browser.GetAsync("/credits");
        var links = page.Document.QuerySelectorAll("tbody a, .grant a").Select(a => a.GetAttribute("href")!).ToList();

        Assert.Equal(5, links.Count);
        foreach (var link in links)
            Assert.Equal("Receipt", (await _browser.GetAsync(link)).Heading);
    }

    [Fact]
    public async Task Nobody_reads_anothers_receipt()
    {
        await shared.Site.PersonAsync($"other-{_email}");
        using var other = await shared.Site.SignInAsync($"other-{_email}");
        await _till.FreezeAsync(_person, 20, Name("job"));

        foreach (var reference in new[] { Name("job"), $"free:{_person}:2031-03", "nothing-of-the-kind" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/credits/{reference}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync($"/credits/{Name("job")}")).Status);
    }

    private string Name(string what) => $"{what}-{_person}";
}
