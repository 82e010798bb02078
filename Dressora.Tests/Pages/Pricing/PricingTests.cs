using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Pages.Pricing;

public sealed class PricingTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Fact]
    public async Task The_plans_are_free_pro_and_enterprise()
    {
        var page = await _browser.GetAsync("/pricing");

        Assert.Equal(["Free", "Pro", "Enterprise"], page.Document.QuerySelectorAll(".plan h2").Select(h => h.TextContent));
        Assert.Contains("25 try-ons a month", page.TextOf(".plan ul"), StringComparison.Ordinal);
        Assert.Equal("/account/new", page.Find(".plan .button--main").GetAttribute("href"));
    }

    [Theory]
    [InlineData("/pricing", "$19", "64,000 a month $832")]
    [InlineData("/pricing?period=year", "$228", "64,000 a month $9,984")]
    [InlineData("/pricing?period=rubbish", "$19", "64,000 a month $832")]
    public async Task A_year_costs_twelve_months(string path, string from, string last)
    {
        var page = await _browser.GetAsync(path);

        Assert.StartsWith(from, page.TextOf("section[aria-labelledby=plan-pro] .plan-price"), StringComparison.Ordinal);
        Assert.EndsWith(last, page.TextOf("section[aria-labelledby=plan-pro] ul"), StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll(".seg [aria-current]"));
    }

    [Theory]
    [InlineData("1000", "", "credits", "1000", "27.50")]
    [InlineData("1,000", "", "credits", "1000", "27.50")]
    [InlineData("200.5", "", "credits", "201", "5.53")]
    [InlineData("727", "50", "price", "1818", "50.00")]
    [InlineData("", "50", "credits", "1818", "50.00")]
    public async Task Either_number_gives_the_other_without_script(
        string credits, string price, string pressed, string credit, string cost)
    {
        var page = await CountAsync(credits, price, pressed);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(credit, page.Find("#credits").GetAttribute("value"));
        Assert.Equal(cost, page.Find("#price").GetAttribute("value"));
        Assert.Equal(credit, page.TextOf("[data-exchange-credits-out]").Replace(",", "", StringComparison.Ordinal));
        Assert.Equal(cost, page.TextOf("[data-exchange-price-out]"));
    }

    [Fact]
    public async Task Enter_in_the_price_field_counts_from_the_price()
    {
        var page = await _browser.GetAsync("/pricing");

        var answer = await _browser.SubmitAsync(page, "form[data-exchange]", new { price = "50" });

        Assert.Equal("1818", answer.Find("#credits").GetAttribute("value"));
    }

    [Theory]
    [InlineData("99", "", "credits", "#credits")]
    [InlineData("90001", "", "credits", "#credits")]
    [InlineData("many", "", "credits", "#credits")]
    [InlineData("-5", "", "credits", "#credits")]
    [InlineData("727", "2", "price", "#price")]
    [InlineData("727", "all of it", "price", "#price")]
    public async Task What_is_not_sold_is_kept_as_typed_and_named(string credits, string price, string pressed, string wrong)
    {
        var page = await CountAsync(credits, price, pressed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(credits, page.Find("#credits").GetAttribute("value"));
        Assert.Equal("true", page.Find(wrong).GetAttribute("aria-invalid"));
        Assert.Single(page.Document.QuerySelectorAll("[aria-invalid]"));
        Assert.Contains("from 100 to 90,000", page.TextOf("#exchange-error"), StringComparison.Ordinal);
        Assert.False(page.Has("[data-exchange-credits-out]"));
    }

    [Fact]
    public async Task The_script_is_told_the_rate_and_the_limits()
    {
        var form = (await _browser.GetAsync("/pricing")).Find("form[data-exchange]");

        Assert.Equal("0.0275", form.GetAttribute("data-exchange"));
        Assert.Equal("100", form.GetAttribute("data-exchange-min"));
        Assert.Equal("90000", form.GetAttribute("data-exchange-max"));
    }

    [Fact]
    public async Task The_period_survives_the_calculator()
    {
        var page = await _browser.GetAsync("/pricing?period=year");

        var answer = await _browser.SubmitAsync(page, "form[data-exchange]", new { credits = "1000" });

        Assert.StartsWith("$228", answer.TextOf("section[aria-labelledby=plan-pro] .plan-price"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_a_number_stays_text()
    {
        var page = await CountAsync("\"><script>alert(1)</script>", "", "credits");

        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        Assert.Equal("\"><script>alert(1)</script>", page.Find("#credits").GetAttribute("value"));
    }

    [Fact]
    public async Task Enterprise_is_a_letter_to_whoever_runs_the_server()
    {
        await using var site = await Site.StartAsync(settings: "Site:Contact=mira@example.org");
        using var browser = site.NewBrowser();

        var told = await browser.GetAsync("/pricing");
        var untold = await _browser.GetAsync("/pricing");

        Assert.Equal("mailto:mira@example.org", told.Find("section[aria-labelledby=plan-enterprise] .button").GetAttribute("href"));
        Assert.Equal("/about", untold.Find("section[aria-labelledby=plan-enterprise] .button").GetAttribute("href"));
    }

    private Task<Answer> CountAsync(string credits, string price, string pressed) => _browser.GetAsync(
        $"/pricing?credits={Uri.EscapeDataString(credits)}&price={Uri.EscapeDataString(price)}&from={pressed}");
}
