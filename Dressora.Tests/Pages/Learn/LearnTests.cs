using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Pages.Learn;
using Xunit;

namespace Dressora.Tests.Pages.Learn;

public sealed class LearnTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    public static TheoryData<string> Slugs => [.. Article.All.Select(article => article.Slug)];

    [Fact]
    public async Task The_list_leads_to_every_article()
    {
        var page = await _browser.GetAsync("/learn");

        Assert.Equal(
            Article.All.Select(article => article.Path),
            page.Document.QuerySelectorAll("main h2 a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task An_article_says_something_and_leads_to_the_others(string slug)
    {
        var article = Article.All.Single(one => one.Slug == slug);

        var page = await _browser.GetAsync(article.Path);

        Assert.Equal(article.Title, page.Heading);
        Assert.Equal(article.Summary, page.Find("meta[name=description]").GetAttribute("content"));
        Assert.True(page.TextOf("article").Length > 800);
        Assert.Equal(Article.All.Count - 1, page.Document.QuerySelectorAll("main nav a").Length);
    }

    [Theory]
    [InlineData("/learn/nothing")]
    [InlineData("/learn/_Photos")]
    [InlineData("/learn/..%2f..%2fHome")]
    public async Task What_was_never_written_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(path)).Status);

    [Fact]
    public async Task The_numbers_about_credits_are_the_missions()
    {
        var credits = (await _browser.GetAsync("/learn/credits")).TextOf("article");

        foreach (var said in new[] { "500 a month", "5 chat messages and 2 images", "12 months", "Gifts live 3", "from 1,000 to 64,000" })
            Assert.Contains(said, credits, StringComparison.Ordinal);
    }
}
