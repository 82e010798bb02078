using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Pages.Home;

public sealed class HomeTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Fact]
    public async Task The_front_door_says_what_it_is_and_what_it_costs()
    {
        var page = await _browser.GetAsync("/");

        Assert.Equal("See it on you first.", page.Heading);
        Assert.Contains("20 credits, about $0.55", page.TextOf(".hero"), StringComparison.Ordinal);
        Assert.Contains("A drawing, not a result", page.TextOf(".hero figcaption"), StringComparison.Ordinal);
        Assert.Equal("./run.sh", page.TextOf("#host .command"));
    }

    [Fact]
    public async Task A_stranger_is_led_to_an_account_and_a_person_to_theirs()
    {
        await shared.Site.PersonAsync("home@example.org");
        using var person = await shared.Site.SignInAsync("home@example.org");

        Assert.Equal("/account/new", (await _browser.GetAsync("/")).Find(".hero .button--main").GetAttribute("href"));
        Assert.Equal("/studio", (await person.GetAsync("/")).Find(".hero .button--main").GetAttribute("href"));
    }

    [Fact]
    public async Task The_site_has_the_name_its_owner_gave_it()
    {
        await using var site = await Site.StartAsync(settings: "Site:Name=Mira & <Co>");
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/");

        Assert.Equal("Mira & <Co>", page.TextOf(".brand"));
        Assert.EndsWith("Mira & <Co>", page.TextOf("title"), StringComparison.Ordinal);
        Assert.Contains("Give Mira & <Co> one photo", page.TextOf(".lede"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_tells_about_itself_what_a_visitor_may_know()
    {
        var page = await _browser.GetAsync("/about");
        var told = page.TextOf(".pairs");

        Assert.Matches(@"Software *Dressora \d+\.\d+", told);
        Assert.Contains("in one file on this server", told, StringComparison.Ordinal);
        Assert.Contains("are not sent", told, StringComparison.Ordinal);
        Assert.DoesNotContain(shared.Site.Folder.Root, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_connected_is_named_and_its_secrets_are_not()
    {
        await using var site = await Site.StartAsync(settings:
        [
            "Site:Contact=mira@example.org", "Mail:Host=mail.canary.example", "Mail:From=a@example.org",
            "SignInWith:Google:ClientId=canary-id", "SignInWith:Google:ClientSecret=canary-secret",
        ]);
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/about");

        Assert.Contains("or Google", page.TextOf(".pairs"), StringComparison.Ordinal);
        Assert.Contains("are sent by mail", page.TextOf(".pairs"), StringComparison.Ordinal);
        Assert.Equal("mailto:mira@example.org", page.Find(".pairs a").GetAttribute("href"));
        Assert.DoesNotContain("canary", page.Text, StringComparison.Ordinal);
    }
}
