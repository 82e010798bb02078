using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Shell;
using Xunit;

namespace Dressora.Tests.Pages.Home;

public sealed class ThemeTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string Form = "footer form";
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("system")]
    public async Task A_choice_holds_on_every_page_of_this_browser(string theme)
    {
        var page = await _browser.GetAsync("/pricing?period=year");

        var answer = await _browser.SubmitAsync(page, Form, button: $"button[value={theme}]");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("/pricing?period=year", answer.Location);
        var next = await _browser.FollowAsync(answer);
        Assert.Equal(theme, next.Find("html").GetAttribute("data-theme"));
        Assert.Equal(theme, next.Find("footer [aria-pressed=true]").GetAttribute("value"));
        Assert.Single(next.Document.QuerySelectorAll("footer [aria-pressed=true]"));
    }

    [Fact]
    public async Task Public_pages_begin_light() =>
        Assert.Equal("light", (await shared.Site.NewBrowser().GetAsync("/")).Find("html").GetAttribute("data-theme"));

    [Fact]
    public async Task A_persons_choice_follows_them_to_other_browsers()
    {
        await shared.Site.PersonAsync("theme@example.org");
        using var browser = await shared.Site.SignInAsync("theme@example.org");

        var page = await browser.GetAsync("/account");
        Assert.Equal("dark", page.Find("html").GetAttribute("data-theme"));
        var answer = await browser.FollowAsync(browser.SubmitAsync(page, Form, button: "button[value=light]"));

        Assert.Equal("/account", answer.Address.PathAndQuery);
        Assert.Equal("light", answer.Find("html").GetAttribute("data-theme"));
        using var other = await shared.Site.SignInAsync("theme@example.org");
        Assert.Equal("light", (await other.GetAsync("/account")).Find("html").GetAttribute("data-theme"));
    }

    [Fact]
    public async Task The_choice_lasts_a_year()
    {
        using var browser = shared.Site.NewBrowser();
        var answer = await browser.SubmitAsync(await browser.GetAsync("/"), Form, button: "button[value=dark]");

        Assert.Contains("max-age=31536000", answer.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", answer.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_theme_that_does_not_exist_is_refused()
    {
        var page = await _browser.GetAsync("/theme");
        var token = page.Find($"{Form} [name=__RequestVerificationToken]").GetAttribute("value")!;
        using var content = Ask.Form(("theme", "pink"), ("__RequestVerificationToken", token));

        var answer = await _browser.SendAsync(HttpMethod.Post, "/theme", content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("~/learn")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/learn\r\nX: y")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site(string returnTo)
    {
        var page = await _browser.GetAsync("/learn");

        var answer = await _browser.SubmitAsync(page, Form, new { returnTo }, "button[value=dark]");

        Assert.Equal("/", answer.Location);
    }

    [Fact]
    public async Task Htmx_moves_the_whole_page()
    {
        var page = await _browser.GetAsync("/learn");

        var answer = await _browser.SubmitAsync(page, Form, button: "button[value=dark]", htmx: true);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("/learn", answer.Header("HX-Redirect"));
    }

    [Fact]
    public async Task After_a_lost_page_people_return_to_where_they_were()
    {
        var lost = await _browser.GetAsync("/nothing/here?a=b");

        var answer = await _browser.SubmitAsync(lost, Form, button: "button[value=dark]");

        Assert.Equal("/nothing/here?a=b", answer.Location);
    }
}
