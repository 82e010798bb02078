using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Harness;

public sealed class SiteTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private Site Site => shared.Site;

    [Fact]
    public async Task A_site_answers_a_browser()
    {
        using var browser = Site.NewBrowser();

        var answer = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Heading);
    }

    [Fact]
    public async Task A_site_has_a_migrated_database_of_its_own()
    {
        var people = await Site.ReadAsync(db => db.Users.CountAsync());

        Assert.Equal(0, people);
    }

    [Fact]
    public async Task A_call_that_nobody_arranged_fails_and_names_the_address()
    {
        using var client = Site.Services.GetRequiredService<IHttpClientFactory>().CreateClient("any");

        var refused = await Assert.ThrowsAsync<UnarrangedCallException>(() => client.GetAsync("https://example.org/x?y=1"));

        Assert.Contains("GET https://example.org/x", refused.Message, StringComparison.Ordinal);
        Assert.Throws<UnarrangedCallException>(Site.Network.EnsureNothingRefused);
        Site.Network.ForgetRefusals();
    }

    [Fact]
    public async Task A_call_that_was_arranged_is_answered()
    {
        Site.Network.Answer("https://example.org/hello", """{"hello":1}""");
        using var client = Site.Services.GetRequiredService<IHttpClientFactory>().CreateClient("any");

        Assert.Equal("""{"hello":1}""", await client.GetStringAsync("https://example.org/hello?a=b"));
    }
}
