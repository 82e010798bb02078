using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Shell;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class RateKeeperTests : IAsyncLifetime
{
    private const string Here = "203.0.113.7";
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(settings: "Site:RateScale=0.01");

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Who_asks_too_often_is_told_how_long_to_wait()
    {
        using var browser = _site.NewBrowser(Here);
        var refused = await UntilRefusedAsync(browser);

        Assert.Equal("A little slower", refused.Heading);
        Assert.Equal("10", refused.Header("Retry-After"));
        Assert.Contains("In 10 seconds", refused.TextOf(".lede"), StringComparison.Ordinal);

        _site.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/learn")).Status);
    }

    [Fact]
    public async Task Htmx_and_programs_are_told_in_their_own_way()
    {
        using var browser = _site.NewBrowser(Here);
        await UntilRefusedAsync(browser);

        var piece = await browser.GetPieceAsync("/learn");

        Assert.Equal(HttpStatusCode.TooManyRequests, piece.Status);
        Assert.DoesNotContain("<html", piece.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.8")]
    [InlineData("2001:db8:0:1::1")]
    public async Task Another_network_is_not_held_up(string other)
    {
        using var browser = _site.NewBrowser(Here);
        await UntilRefusedAsync(browser);
        using var neighbour = _site.NewBrowser(other);

        Assert.Equal(HttpStatusCode.OK, (await neighbour.GetAsync("/learn")).Status);
    }

    [Fact]
    public async Task All_addresses_of_one_IPv6_subscriber_are_one_network()
    {
        using var browser = _site.NewBrowser("2001:db8:0:1::1");
        await UntilRefusedAsync(browser);
        using var same = _site.NewBrowser("2001:db8:0:1:ffff::9");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await same.GetAsync("/learn")).Status);
    }

    [Fact]
    public async Task Files_and_probes_are_never_counted()
    {
        using var browser = _site.NewBrowser(Here);
        await UntilRefusedAsync(browser);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/robots.txt")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/up")).Status);
    }

    [Fact]
    public async Task What_is_sent_to_a_guarded_page_counts_by_its_own_rule_and_reading_it_does_not()
    {
        await using var site = await Site.StartAsync(settings: "Site:RateScale=0.1");
        using var browser = site.NewBrowser(Here);
        for (var read = 0; read < 10; read++)
            await browser.GetAsync("/account/sign-in");

        var answers = new List<HttpStatusCode>();
        for (var asked = 0; asked < 4; asked++)
        {
            var page = await browser.GetAsync("/account/sign-in");
            var typed = new { Form_Email = $"nobody{asked}@example.org", Form_Password = "wrong" };
            answers.Add((await browser.SubmitAsync(page, "form[action='/account/sign-in']", typed)).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[3]);
        Assert.All(answers.Take(3), status => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/sign-in")).Status);
    }

    [Fact]
    public async Task An_account_is_counted_from_whichever_network_it_comes()
    {
        await using var site = await Site.StartAsync(settings: "Site:RateScale=0.1");
        await site.PersonAsync();
        using var browser = await site.SignInAsync();
        using var elsewhere = site.NewBrowser("198.51.100.9");
        elsewhere.Cookies.Set("__Host-session", browser.Cookies["__Host-session"]!);
        await UntilRefusedAsync(browser);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await elsewhere.GetAsync("/learn")).Status);
    }

    [Fact]
    public void Every_rule_gives_a_network_at_least_what_it_gives_an_account() =>
        Assert.All(RateRules.All.Values, rule => Assert.True(rule.PerNetwork >= rule.PerAccount && rule.PerAccount > 0));

    private static async Task<Answer> UntilRefusedAsync(PlainBrowser browser)
    {
        for (var asked = 0; asked < 100; asked++)
        {
            var answer = await browser.GetAsync("/learn");
            if (answer.Status == HttpStatusCode.TooManyRequests)
                return answer;
        }

        throw new InvalidOperationException("Nobody was refused.");
    }
}
