using System.Net;
using System.Text;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

/// <summary>Nothing a person sends may be our fault.</summary>
public sealed class BadInputTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static readonly string[] Pages =
    [
        "/", "/pricing", "/learn", "/learn/photos", "/terms", "/privacy", "/about", "/theme",
        "/account", "/account/sign-in", "/account/new", "/account/reset", "/admin/people", "/setup",
        "/nothing-here", "/errors/404",
    ];

    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    public static TheoryData<string> Addresses => new(Pages);

    private static readonly string[] Queries =
    [
        "?", "?&&&", "?=", "?handler=nope", "?handler=%00", "?a=%00", "?%00=a", "?a=%ff%fe", "?a=%", "?a=%zz",
        "?credits=%ED%A0%80", "?credits=999999999999999999999999&price=1e400&from=price",
        "?period[]=1&period[0].x=2", "?returnTo=//evil.example",
        "?page=-1", "?page=NaN", "?culture=xx-INVALID", "?__RequestVerificationToken=x", "?" + new string('a', 4000),
    ];

    public static TheoryData<string, string> Cookies => new()
    {
        { "__Host-session", "rubbish" },
        { "__Host-session", "chunks-2000000000" },
        { "__Host-session", "chunks-2" },
        { "__Host-halfway", "CfDJ8AAAA" },
        { "__Host-form", "rubbish" },
        { "__Host-flash", "chunks-3" },
        { "__Host-flash", "%00%ff" },
        { "theme", "<script>" },
        { "theme", new string('x', 8000) },
        { "lang", "%00" },
        { "lang", "zz" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Broken_queries_are_answered(string path)
    {
        foreach (var query in Queries)
            await NotOurFaultAsync(_browser.GetAsync(path + query));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Broken_bodies_are_answered(string path)
    {
        foreach (var (type, body) in Bodies())
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await NotOurFaultAsync(_browser.SendAsync(HttpMethod.Post, path, content));
            Assert.True(answer.Location is not null || (int)answer.Status >= 400, answer.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Cookies))]
    public async Task Broken_cookies_are_as_good_as_none(string name, string value)
    {
        using var browser = shared.Site.NewBrowser();
        foreach (var path in Pages)
        {
            browser.Cookies.Set(name, value);
            var plain = await _browser.GetAsync(path);

            var answer = await browser.GetAsync(path);

            Assert.Equal(plain.Status, answer.Status);
        }
    }

    [Theory]
    [InlineData("Accept-Language", "xx-INVALID-----;q=nine, *;q=2")]
    [InlineData("Accept-Language", "\u00e9\u00e9")]
    [InlineData("Accept", "text/rubbish;;;;q")]
    [InlineData("Accept-Encoding", ";;;")]
    [InlineData("HX-Request", "perhaps")]
    [InlineData("If-None-Match", "\"unclosed")]
    [InlineData("If-Modified-Since", "yesterday")]
    [InlineData("Range", "bytes=9-1,x")]
    [InlineData("Referer", "not an address")]
    [InlineData("X-Forwarded-For", "::::, 1.2.3.4.5, ,")]
    [InlineData("X-Forwarded-Proto", "gopher")]
    [InlineData("Cookie", "=;=;;; a=b=c; \"")]
    [InlineData("traceparent", "00-rubbish")]
    public async Task Broken_headers_are_answered(string name, string value)
    {
        foreach (var path in Pages.Append("/robots.txt").Append("/up"))
            await NotOurFaultAsync(_browser.GetAsync(path, (name, value)));
    }

    [Theory]
    [InlineData("/learn/%ff")]
    [InlineData("/learn/..%2f..%2fetc")]
    [InlineData("/learn/a/b/c")]
    [InlineData("/LEARN")]
    [InlineData("/learn/")]
    [InlineData("//learn")]
    [InlineData("/admin/people/99999999999999999999")]
    public async Task Broken_paths_are_answered(string path) => await NotOurFaultAsync(_browser.GetAsync(path));

    [Fact]
    public async Task A_null_character_in_a_form_is_refused_before_any_page_sees_it()
    {
        var page = await _browser.GetAsync("/account/sign-in");

        var answer = await _browser.SubmitAsync(
            page, "form[action='/account/sign-in']", new { Form_Email = "asha\0@example.org", Form_Password = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    private static IEnumerable<(string Type, byte[] Body)> Bodies()
    {
        const string Urlencoded = "application/x-www-form-urlencoded";
        const string Multipart = "multipart/form-data; boundary=b";
        yield return (Urlencoded, []);
        yield return (Urlencoded, "a=%00&theme=dark"u8.ToArray());
        yield return (Urlencoded, "%ff%fe=%zz&&&==="u8.ToArray());
        yield return (Urlencoded, [0xff, 0xfe, 0x00, 0x80]);
        yield return (Urlencoded, Bytes(string.Join('&', Enumerable.Range(0, 3000).Select(i => $"f{i}=1"))));
        yield return (Urlencoded, Bytes($"{new string('k', 5000)}=1"));
        yield return (Urlencoded + "; charset=utf-7", "theme=+AGEAYQ-"u8.ToArray());
        yield return (Urlencoded + "; charset=rubbish", "theme=dark"u8.ToArray());
        yield return ("multipart/form-data", "x"u8.ToArray());
        yield return ("multipart/form-data; boundary=", "x"u8.ToArray());
        yield return ($"multipart/form-data; boundary={new string('b', 200)}", "x"u8.ToArray());
        yield return (Multipart, Bytes("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"));
        yield return (Multipart, Bytes("--b\r\nContent-Disposition: rubbish\r\n\r\nx\r\n--b--\r\n"));
        yield return ("application/json", "{"u8.ToArray());
        yield return ("text/xml", Bytes("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"));
        yield return ("rubbish", "x"u8.ToArray());
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private async Task<Answer> NotOurFaultAsync(Task<Answer> asked)
    {
        var answer = await asked;
        Assert.True((int)answer.Status < 500, answer + string.Join("\n", shared.Site.Log.Troubles));
        return answer;
    }
}
