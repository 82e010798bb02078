using System.IO.Compression;
using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

/// <summary>What every whole page of the house has in common.</summary>
public sealed class DocumentTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const int HtmlMax = 14 * 1024;
    private const int AllMax = 42 * 1024;
    private const int RequestsMax = 4;

    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    public static TheoryData<string> Pages =>
    [
        "/", "/pricing", "/pricing?credits=5",
        "/learn", "/learn/photos", "/learn/prompts", "/learn/credits", "/learn/questions",
        "/terms", "/privacy", "/about", "/theme", "/account/sign-in", "/account/new", "/nothing-here", "/errors/503",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_one_heading_its_landmarks_and_no_script_or_style_of_its_own(string path)
    {
        var page = await _browser.GetAsync(path);
        var document = page.Document;

        Assert.StartsWith("<!doctype html>\n<html", page.Text, StringComparison.Ordinal);
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Single(document.QuerySelectorAll("main#main"));
        Assert.Equal("#main", document.QuerySelector("body > :first-child")!.GetAttribute("href"));
        Assert.Single(document.QuerySelectorAll("header"));
        Assert.Single(document.QuerySelectorAll("footer"));
        Assert.Single(document.QuerySelectorAll("link[rel=stylesheet]"));
        Assert.Single(document.QuerySelectorAll("script"));
        Assert.True(document.QuerySelector("script")!.HasAttribute("defer"));
        Assert.Empty(document.QuerySelectorAll("style, [style], [onclick], [onsubmit], script:not([src])"));
        Assert.NotEmpty(document.Title!);
        Assert.Distinct(document.QuerySelectorAll("[id]").Select(element => element.Id));
        Assert.Equal(
            document.QuerySelectorAll("img").Length, document.QuerySelectorAll("img[alt][width][height]").Length);
        Assert.All(document.QuerySelectorAll("nav"), nav => Assert.True(nav.HasAttribute("aria-label")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_posting_form_carries_one_antiforgery_token(string path) => Assert.All(
        (await _browser.GetAsync(path)).Document.QuerySelectorAll("form[method=post]"),
        form => Assert.Single(form.QuerySelectorAll("[name=__RequestVerificationToken]")));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_cold_page_is_light_and_few_requests(string path)
    {
        var page = await _browser.GetAsync(path, ("Accept-Encoding", "gzip"));
        using var plain = new MemoryStream(AssetsTests.Unpack(page.Body, "gzip"));
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(plain);
        var parts = new[]
        {
            document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!,
            document.QuerySelector("script")!.GetAttribute("src")!,
            document.QuerySelector("link[rel=icon]")!.GetAttribute("href")!,
        };
        var whole = page.Body.Length;
        foreach (var part in parts)
            whole += (await _browser.GetAsync(part, ("Accept-Encoding", "gzip"))).Body.Length;

        Assert.InRange(page.Body.Length, 1, HtmlMax);
        Assert.InRange(whole, 1, AllMax);
        Assert.InRange(parts.Length + 1, 1, RequestsMax);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task Pages_are_packed_as_the_browser_takes_them(string takes, string? encoding)
    {
        var page = await _browser.GetAsync("/", ("Accept-Encoding", takes));

        Assert.Equal(encoding, page.Header("Content-Encoding"));
        Assert.Contains("Accept-Encoding", page.Header("Vary") ?? "Accept-Encoding", StringComparison.Ordinal);
        var text = System.Text.Encoding.UTF8.GetString(AssetsTests.Unpack(page.Body, encoding));
        Assert.Contains("See it on you first", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_is_told_to_run_nothing_from_a_page()
    {
        var told = (await _browser.GetAsync("/")).Find("meta[name=htmx-config]").GetAttribute("content")!;

        using var config = System.Text.Json.JsonDocument.Parse(told);
        foreach (var refused in new[] { "allowEval", "allowScriptTags", "includeIndicatorStyles" })
            Assert.False(config.RootElement.GetProperty(refused).GetBoolean());
        Assert.True(config.RootElement.GetProperty("selfRequestsOnly").GetBoolean());
        Assert.Equal(0, config.RootElement.GetProperty("historyCacheSize").GetInt32());
    }

    [Fact]
    public async Task Search_engines_find_public_pages_under_one_address_and_private_ones_not_at_all()
    {
        var open = await _browser.GetAsync("/pricing?period=year");
        await shared.Site.PersonAsync("private@example.org");
        using var browser = await shared.Site.SignInAsync("private@example.org");
        var closed = await browser.GetAsync("/account");

        Assert.Equal("https://dressora.test/pricing", open.Find("link[rel=canonical]").GetAttribute("href"));
        Assert.False(open.Has("meta[name=robots]"));
        Assert.Equal("noindex", closed.Find("meta[name=robots]").GetAttribute("content"));
        Assert.False(closed.Has("link[rel=canonical]"));
        Assert.Contains("Disallow: /account", (await _browser.GetAsync("/robots.txt")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_link_is_dead_for_a_stranger() => await WalkAsync(_browser, "/");

    [Fact]
    public async Task No_link_is_dead_for_a_person()
    {
        await shared.Site.PersonAsync("walker@example.org");
        using var browser = await shared.Site.SignInAsync("walker@example.org");

        await WalkAsync(browser, "/account");
    }

    [Fact]
    public async Task No_link_is_dead_for_an_admin()
    {
        using var browser = await shared.Site.AdminAsync("walking-admin@example.org");

        await WalkAsync(browser, "/admin");
    }

    /// <summary>Follows every link and picture of the house from there, each once.</summary>
    private static async Task WalkAsync(PlainBrowser browser, string from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var path))
        {
            var page = await browser.FollowAsync(browser.GetAsync(path));
            Assert.True(page.Status == HttpStatusCode.OK, $"{path} answers {page}");
            if (page.ContentType != "text/html")
                continue;
            var links = page.Document.QuerySelectorAll("a[href], link[href], img[src], script[src]")
                .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
                .Where(link => link.StartsWith('/')).Select(link => link.Split('#')[0]);
            foreach (var link in links.Where(seen.Add))
                open.Enqueue(link);
        }
    }
}
