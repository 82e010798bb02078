using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class AssetsTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    private Assets Assets => shared.Site.Services.GetRequiredService<Assets>();

    public static TheoryData<string, string> Names => new()
    {
        { "app.css", "text/css" },
        { "app.js", "text/javascript" },
        { "images/mila.svg", "image/svg+xml" },
        { "images/icon-192.png", "image/png" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_may_be_kept_for_ever_under_the_name_of_its_content(string name, string type)
    {
        var answer = await _browser.GetAsync(Assets[name]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(type, answer.ContentType);
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Matches(@"\.[0-9a-f]{12}\.\w+$", Assets[name]);
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0.1, gzip", "br")]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    [InlineData("br;q=0", null)]
    [InlineData("rubbish;;q=x", null)]
    public async Task Each_browser_gets_the_packing_it_takes(string takes, string? encoding)
    {
        var answer = await _browser.GetAsync(Assets["app.css"], ("Accept-Encoding", takes));

        Assert.Equal(encoding, answer.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", answer.Header("Vary"));
        Assert.Contains(".topbar", Unpacked(answer), StringComparison.Ordinal);
        Assert.Equal($"{answer.Body.Length}", answer.Header("Content-Length"));
    }

    [Fact]
    public async Task A_picture_that_is_packed_already_is_sent_as_it_is()
    {
        var answer = await _browser.GetAsync(Assets["images/icon-192.png"], ("Accept-Encoding", "br, gzip"));

        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Null(answer.Header("Vary"));
    }

    [Fact]
    public async Task Asking_only_for_the_head_sends_no_body()
    {
        var answer = await _browser.SendAsync(HttpMethod.Head, Assets["app.css"]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Body);
        Assert.NotEqual("0", answer.Header("Content-Length"));
    }

    [Fact]
    public async Task A_name_from_a_page_of_another_version_finds_the_file_but_is_not_kept()
    {
        var stale = await _browser.GetAsync("/assets/app.000000000000.css");

        Assert.Equal(HttpStatusCode.OK, stale.Status);
        Assert.Equal("no-cache", stale.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_browser_that_has_the_file_is_told_so()
    {
        var first = await _browser.GetAsync("/robots.txt", ("Accept-Encoding", "br"));
        var known = ("If-None-Match", first.Header("ETag")!);
        var again = await _browser.GetAsync("/robots.txt", ("Accept-Encoding", "br"), known);
        var other = await _browser.GetAsync("/robots.txt", ("Accept-Encoding", "gzip"), known);

        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Empty(again.Body);
        Assert.Equal(HttpStatusCode.OK, other.Status);
    }

    [Theory]
    [InlineData("/assets/")]
    [InlineData("/assets/app.css")]
    [InlineData("/assets/nothing.000000000000.css")]
    [InlineData("/assets/..%2fappsettings.json")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets/images/")]
    [InlineData("/assets/.")]
    [InlineData("/assets/.css")]
    [InlineData("/assets/app.62d491d09220.CSS")]
    public async Task What_is_no_file_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(path)).Status);

    [Fact]
    public async Task Nothing_can_be_sent_to_a_file()
    {
        var answer = await _browser.SendAsync(HttpMethod.Post, Assets["app.css"]);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("GET, HEAD", answer.Header("Allow"));
    }

    [Theory]
    [InlineData("/favicon.ico", "image/svg+xml")]
    [InlineData("/apple-touch-icon.png", "image/png")]
    [InlineData("/robots.txt", "text/plain")]
    [InlineData("/manifest.webmanifest", "application/manifest+json")]
    public async Task What_browsers_ask_for_by_themselves_is_there_for_a_day(string path, string type)
    {
        var answer = await _browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(type, answer.ContentType);
        Assert.Equal("public, max-age=86400", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task The_manifest_has_the_sites_name_and_icons_that_are_there()
    {
        await using var site = await Site.StartAsync(settings: "Site:Name=Mira's mirror");
        using var browser = site.NewBrowser();

        var manifest = JsonNode.Parse((await browser.GetAsync("/manifest.webmanifest")).Text)!;

        Assert.Equal("Mira's mirror", manifest["name"]!.GetValue<string>());
        Assert.NotEmpty(manifest["icons"]!.AsArray());
        foreach (var icon in manifest["icons"]!.AsArray())
        {
            var answer = await browser.GetAsync(icon!["src"]!.GetValue<string>());
            Assert.Equal(icon["type"]!.GetValue<string>(), answer.ContentType);
        }
    }

    [Fact]
    public void A_file_that_does_not_exist_is_a_mistake_in_a_page()
    {
        var mistake = Assert.Throws<KeyNotFoundException>(() => Assets["images/nobody.svg"]);

        Assert.Contains("images/nobody.svg", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_files_unpack_to_what_they_were() => Assert.All(Assets.All.Where(asset => asset.Packs), asset =>
    {
        Assert.Equal(asset.Bytes, Unpack(asset.Packed("br").ToArray(), "br"));
        Assert.Equal(asset.Bytes, Unpack(asset.Packed("gzip").ToArray(), "gzip"));
    });

    private static string Unpacked(Answer answer) =>
        System.Text.Encoding.UTF8.GetString(Unpack(answer.Body, answer.Header("Content-Encoding")));

    internal static byte[] Unpack(byte[] body, string? encoding)
    {
        using var packed = new MemoryStream(body);
        using Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
