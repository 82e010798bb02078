using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class LanguagesTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Theory]
    [InlineData("en", "19.99", "100 to 90,000")]
    [InlineData("de", "19.99", "100 to 90,000")]
    [InlineData("ru-RU, en;q=0.5", "19,99", "100 to 90 000")]
    [InlineData("hi", "19.99", "100 to 90,000")]
    [InlineData("*", "19.99", "100 to 90,000")]
    public async Task Numbers_are_written_as_the_browsers_language_does(string language, string price, string range)
    {
        _browser.Language = language;

        var page = await _browser.GetAsync("/pricing");

        Assert.Equal(price, page.Find("#price").GetAttribute("value"));
        Assert.Equal(range, page.TextOf("#credits-hint").Replace('\u00a0', ' ').Replace('\u202f', ' '));
    }

    [Fact]
    public async Task What_this_browser_chose_counts_before_its_settings()
    {
        _browser.Cookies.Set("lang", "ru");

        Assert.Equal("19,99", (await _browser.GetAsync("/pricing")).Find("#price").GetAttribute("value"));
    }

    [Fact]
    public async Task A_page_names_the_language_its_words_are_in()
    {
        _browser.Language = "de";
        var page = await _browser.GetAsync("/");

        Assert.Equal("en", page.Find("html").GetAttribute("lang"));
        Assert.Equal("ltr", page.Find("html").GetAttribute("dir"));
    }
}
