using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class ForeignPostsTests : IAsyncLifetime
{
    private Site _site = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.ListenAsync();
        _client = ClientOf(_site);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _site.DisposeAsync();
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("")]
    [InlineData("rubbish")]
    public async Task A_form_from_another_site_is_refused_with_words(string site)
    {
        var (status, text) = await PostAsync("/theme", ("Sec-Fetch-Site", site));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Another site sent this", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("rubbish")]
    public async Task A_browser_that_says_only_its_origin_is_held_to_it(string origin) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("/theme", ("Origin", origin))).Status);

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("X-Nothing", "said")]
    public async Task What_is_not_foreign_goes_on_to_the_antiforgery_check(string header, string value) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/theme", (header, value))).Status);

    [Fact]
    public async Task Our_own_origin_goes_on_too() => Assert.Equal(
        HttpStatusCode.BadRequest,
        (await PostAsync("/theme", ("Origin", _site.Address.GetLeftPart(UriPartial.Authority)))).Status);

    [Fact]
    public async Task An_address_that_knows_its_senders_takes_them_from_anywhere() => Assert.Equal(
        HttpStatusCode.BadRequest,
        (await PostAsync("/csp-reports", ("Sec-Fetch-Site", "cross-site"))).Status);

    [Fact]
    public async Task Reading_is_open_to_links_from_anywhere()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static HttpClient ClientOf(Site site) => new() { BaseAddress = site.Address };

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Ask.Form(("theme", "dark")) };
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
