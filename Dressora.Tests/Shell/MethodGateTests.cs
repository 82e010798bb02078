using System.Net;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class MethodGateTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    [Theory]
    [InlineData("POST", "/", "GET, HEAD")]
    [InlineData("DELETE", "/", "GET, HEAD")]
    [InlineData("PUT", "/theme", "GET, HEAD, POST")]
    [InlineData("PATCH", "/account/sign-in", "GET, HEAD, POST")]
    [InlineData("OPTIONS", "/", "GET, HEAD")]
    [InlineData("TRACE", "/", "GET, HEAD")]
    [InlineData("BREW", "/", "GET, HEAD")]
    public async Task A_page_says_what_it_takes(string method, string path, string takes)
    {
        var answer = await _browser.SendAsync(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(takes, answer.Header("Allow"));
    }

    [Fact]
    public async Task Asking_for_the_head_of_a_page_is_reading_it() =>
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(HttpMethod.Head, "/")).Status);

    [Fact]
    public async Task An_endpoint_without_a_page_names_its_methods_itself() =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _browser.GetAsync("/csp-reports")).Status);
}
