using AngleSharp.Html.Parser;
using Xunit;

namespace Dressora.Tests.House;

/// <summary>The rules of the walk, each seen to find what it is for.</summary>
public sealed class PageRulesTests
{
    [Theory]
    [InlineData("<h1>A</h1>", "2 first headings")]
    [InlineData("<main></main>", "2 main landmarks")]
    [InlineData("<i id=a></i><b id=a></b>", "2 elements called a")]
    [InlineData("<form action='/x'><button>A</button></form>", "a form without method or action")]
    [InlineData("<form method=post action='/x'><button>A</button></form>", "a posting form without its token")]
    [InlineData("<form method=get action='/x'></form>", "a form that nobody can send")]
    [InlineData("<input name=a>", "a field without a label")]
    [InlineData("<button></button>", "a button without a name")]
    [InlineData("<a>x</a>", "a link without href")]
    [InlineData("<a href='https://x.example' target=_blank>x</a>", "a new window")]
    [InlineData("<img src=x>", "a picture without alt")]
    [InlineData("<style>p{}</style>", "an inline style")]
    [InlineData("<script>x()</script>", "an inline script")]
    [InlineData("<p style='color:red'></p>", "style= on")]
    [InlineData("<p onclick='x()'></p>", "onclick= on")]
    [InlineData("<p hx-on:click='x()'></p>", "hx-on:click= on")]
    public void A_badly_built_page_is_found(string planted, string what) =>
        Assert.StartsWith(what, Assert.Single(PageRules.Check(Page(planted))), StringComparison.Ordinal);

    [Fact]
    public void A_well_built_page_is_not() => Assert.Empty(PageRules.Check(Page(
        "<form method=get action='/x'><label>A<input name=a></label><label for=b>B</label><input id=b><button>Send</button></form>")));

    [Fact]
    public void A_page_without_bones_is_found() => Assert.Equal(
        ["0 first headings", "0 main landmarks", "no title", "no language", "no viewport", "no skip link to the main part"],
        PageRules.Check(new HtmlParser().ParseDocument("<p>Hello</p>")));

    [Theory]
    [InlineData("Content-Security-Policy", null, "Content-Security-Policy does not say default-src 'none'")]
    [InlineData("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'unsafe-inline'", "a policy with a hole")]
    [InlineData("X-Content-Type-Options", null, "X-Content-Type-Options does not say nosniff")]
    [InlineData("Strict-Transport-Security", null, "Strict-Transport-Security does not say")]
    [InlineData("Cache-Control", "max-age=60", "a private page that may be stored")]
    [InlineData("Server", "Kestrel", "it tells strangers")]
    public void An_answer_that_says_an_unsafe_thing_is_found(string name, string? value, string what) => Assert.Contains(
        HeaderRules.Check(header => header == name ? value : Safe(header), isPrivate: true),
        found => found.StartsWith(what, StringComparison.Ordinal));

    [Fact]
    public void A_safe_answer_is_not() => Assert.Empty(HeaderRules.Check(Safe, isPrivate: true));

    [Theory]
    [InlineData(Weights.HtmlMax + 1, 1, 1, 1, "14337 bytes of HTML, 14336 at most")]
    [InlineData(1, Weights.CssMax + 1, 1, 1, "8193 bytes of CSS, 8192 at most")]
    [InlineData(1, 1, Weights.JsMax + 1, 1, "20481 bytes of script, 20480 at most")]
    [InlineData(1, 1, 1, Weights.RequestsMax + 1, "5 requests, 4 at most")]
    [InlineData(Weights.HtmlMax, Weights.CssMax, Weights.JsMax, 4, null)]
    public void A_heavy_page_is_found(int html, int css, int js, int requests, string? what) =>
        Assert.Equal(what is null ? [] : [what], new Weights(html, css, js, requests).Excess());

    private static string? Safe(string header) => header switch
    {
        "X-Content-Type-Options" => "nosniff",
        "Referrer-Policy" or "Cross-Origin-Opener-Policy" => "same-origin",
        "Strict-Transport-Security" => "max-age=31536000",
        "Content-Security-Policy" => "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        "Cache-Control" => "no-store",
        _ => null,
    };

    private static AngleSharp.Html.Dom.IHtmlDocument Page(string planted) => new HtmlParser().ParseDocument(
        "<html lang=en><head><title>A</title><meta name=viewport content='width=device-width'></head>"
        + $"<body><a href='#main'>Skip</a><main id=main><h1>A</h1>{planted}</main></body></html>");
}
