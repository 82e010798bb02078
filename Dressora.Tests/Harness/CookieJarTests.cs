using System.Net;
using Xunit;

namespace Dressora.Tests.Harness;

public sealed class CookieJarTests
{
    private static readonly Uri Home = new("https://dressora.test/");
    private readonly FakeClock _clock = new();
    private readonly CookieJar _jar;

    public CookieJarTests() => _jar = new CookieJar(_clock);

    [Fact]
    public void What_was_set_is_sent()
    {
        Keep("a=1; Path=/", "b=2; Path=/");

        Assert.Equal(["a=1", "b=2"], _jar.HeaderFor(Home).Split("; ").Order());
        Assert.Equal("1", _jar["a"]);
    }

    [Fact]
    public void The_last_word_counts()
    {
        Keep("a=1; Path=/; Max-Age=60");
        Keep("a=2; Path=/");
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("2", _jar["a"]);
    }

    [Theory]
    [InlineData("a=1; Path=/; Max-Age=60")]
    [InlineData("a=1; Path=/; Expires=Tue, 04 Mar 2031 05:07:07 GMT")]
    public void It_is_forgotten_by_the_tests_clock(string cookie)
    {
        Keep(cookie);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1", _jar["a"]);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_jar["a"]);
        Assert.Empty(_jar.HeaderFor(Home));
    }

    [Fact]
    public void A_cookie_is_deleted_by_an_end_in_the_past()
    {
        Keep("a=1; Path=/");
        Keep("a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

        Assert.Empty(_jar.Names);
    }

    [Fact]
    public void A_browser_that_is_closed_keeps_only_what_has_an_end()
    {
        Keep("a=1; Path=/", "b=2; Path=/; Max-Age=60");

        _jar.Close();

        Assert.Equal(["b"], _jar.Names);
    }

    [Fact]
    public void A_path_keeps_a_cookie_to_itself()
    {
        Keep("a=1; Path=/admin");

        Assert.Empty(_jar.HeaderFor(Home));
        Assert.Equal("a=1", _jar.HeaderFor(new Uri(Home, "/admin/people")));
    }

    [Theory]
    [InlineData("__Host-a=1; Path=/")]
    [InlineData("__Host-a=1; Path=/x; Secure")]
    [InlineData("__Host-a=1; Path=/; Secure; Domain=dressora.test")]
    public void A_host_cookie_that_browsers_would_drop_fails_the_test(string cookie) =>
        Assert.Throws<CookieException>(() => Keep(cookie));

    [Fact]
    public void A_host_cookie_as_it_should_be_is_kept()
    {
        Keep("__Host-a=1; Path=/; Secure; HttpOnly; SameSite=Lax");

        Assert.Equal("1", _jar["__Host-a"]);
    }

    private void Keep(params string[] cookies)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Set-Cookie", cookies);
        _jar.Keep(response);
    }
}
