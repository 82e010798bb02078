using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class CookiesTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static readonly (string, string)[] Forwarded =
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.1")];

    [Fact]
    public async Task Over_https_our_cookies_can_be_set_by_no_other_host()
    {
        await shared.Site.PersonAsync("cookie@example.org");
        using var browser = await shared.Site.SignInAsync("cookie@example.org");

        Assert.Contains("__Host-session", browser.Cookies.Names);
        Assert.Contains("__Host-form", browser.Cookies.Names);
        Assert.DoesNotContain("session", browser.Cookies.Names);
    }

    [Fact]
    public async Task Over_plain_http_they_have_the_name_that_a_browser_keeps_there()
    {
        using var browser = shared.Site.NewBrowser();

        var answer = await browser.SendAsync(HttpMethod.Get, "http://dressora.test/account/sign-in");

        Assert.StartsWith("form=", answer.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.DoesNotContain("secure", answer.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_is_bound_to_this_site_and_out_of_a_scripts_reach()
    {
        using var browser = shared.Site.NewBrowser();
        var cookie = (await browser.GetAsync("/")).Header("Set-Cookie")!;

        Assert.StartsWith("__Host-form=", cookie, StringComparison.Ordinal);
        foreach (var part in new[] { "path=/", "secure", "httponly", "samesite=lax" })
            Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_proxy_on_this_machine_says_that_the_visitor_came_by_https()
    {
        using var proxied = shared.Site.NewBrowser("127.0.0.1");
        using var stranger = shared.Site.NewBrowser("198.51.100.1");

        var believed = await proxied.GetAsync("http://dressora.test/", Forwarded);
        var doubted = await stranger.GetAsync("http://dressora.test/", Forwarded);

        Assert.StartsWith("__Host-form=", believed.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.StartsWith("form=", doubted.Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_elsewhere_is_believed_once_it_is_named()
    {
        await using var site = await Site.StartAsync(settings: "Site:Proxies=198.51.100.0/24, 2001:db8::7");
        using var named = site.NewBrowser("198.51.100.1");
        using var other = site.NewBrowser("198.51.101.1");

        var believed = await named.GetAsync("http://dressora.test/", Forwarded);
        var doubted = await other.GetAsync("http://dressora.test/", Forwarded);

        Assert.NotNull(believed.Header("Strict-Transport-Security"));
        Assert.Null(doubted.Header("Strict-Transport-Security"));
    }
}
