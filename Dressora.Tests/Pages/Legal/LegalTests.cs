using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Pages.Legal;

public sealed class LegalTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Theory]
    [InlineData("/terms", "Terms")]
    [InlineData("/privacy", "Privacy")]
    public async Task A_draft_says_that_it_is_one(string path, string heading)
    {
        var page = await _browser.GetAsync(path);

        Assert.Equal(heading, page.Heading);
        Assert.StartsWith("This is a draft.", page.TextOf(".flash--warn"), StringComparison.Ordinal);
        Assert.Contains("it is no contract", page.TextOf(".flash--warn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cookie_that_is_set_is_told_of()
    {
        await shared.Site.PersonAsync("cookies@example.org");
        using var browser = await shared.Site.SignInAsync("cookies@example.org");
        await browser.SubmitAsync(await browser.GetAsync("/"), "footer form", button: "button[value=dark]");
        var told = (await browser.GetAsync("/privacy")).TextOf("article");

        foreach (var cookie in browser.Cookies.Names)
            Assert.Contains(cookie.Replace("__Host-", "", StringComparison.Ordinal) + ":", told, StringComparison.Ordinal);
    }
}
