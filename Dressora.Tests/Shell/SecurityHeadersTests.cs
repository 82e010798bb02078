using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class SecurityHeadersTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/nothing-here")]
    [InlineData("/errors/500")]
    [InlineData("/api/nothing")]
    [InlineData("/robots.txt")]
    [InlineData("/assets/nothing.css")]
    [InlineData("/up")]
    public async Task Every_answer_wears_them(string path)
    {
        var answer = await _browser.GetAsync(path);

        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
        Assert.Equal("csp=\"/csp-reports\"", answer.Header("Reporting-Endpoints"));
        Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.Header("X-Request-Id")!);
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("X-Powered-By"));
        Assert.Null(answer.Header("Pragma"));
    }

    [Fact]
    public async Task The_content_policy_begins_with_nothing()
    {
        var policy = (await _browser.GetAsync("/")).Header("Content-Security-Policy")!.Split("; ");

        Assert.Equal("default-src 'none'", policy[0]);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("form-action 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.DoesNotContain(policy, rule => rule.Contains("unsafe", StringComparison.Ordinal));
        Assert.DoesNotContain(policy, rule => rule.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_way_to_another_company_widens_no_policy()
    {
        await using var site = await Site.StartAsync(
            settings: ["SignInWith:Google:ClientId=dressora", "SignInWith:Google:ClientSecret=secret"]);
        using var browser = site.NewBrowser();

        var signIn = await browser.GetAsync("/account/sign-in");

        Assert.True(signIn.Has("form[action='/account/with/google']"));
        Assert.EndsWith("form-action 'self'", PolicyOf(signIn), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_promises_no_https()
    {
        await using var site = await Site.StartAsync(settings: "Site:Address=http://dressora.test");
        using var browser = site.NewBrowser();

        var answer = await browser.SendAsync(HttpMethod.Get, "http://dressora.test/");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_request_id_is_ours_and_never_the_visitors()
    {
        var one = await _browser.GetAsync("/", ("X-Request-Id", "mine"), ("X-Correlation-Id", "mine"));
        var two = await _browser.GetAsync("/");

        Assert.NotEqual("mine", one.Header("X-Request-Id"));
        Assert.NotEqual(one.Header("X-Request-Id"), two.Header("X-Request-Id"));
    }

    [Fact]
    public async Task A_page_made_for_somebody_is_kept_by_nobody()
    {
        await shared.Site.PersonAsync("kept@example.org");
        using var browser = await shared.Site.SignInAsync("kept@example.org");

        foreach (var path in new[] { "/", "/learn", "/account", "/nothing-here" })
            Assert.Equal("no-store", (await browser.GetAsync(path)).Header("Cache-Control"));
    }

    private static string? PolicyOf(Answer answer) => answer.Header("Content-Security-Policy");
}
