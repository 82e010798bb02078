using System.Net;
using System.Text;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Shell;

public sealed class PolicyReportsTests : IAsyncLifetime
{
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _browser = _site.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"csp-report":{"effective-directive":"img-src","blocked-uri":"https://canary.example/x"}}""")]
    [InlineData("""[{"type":"csp-violation","url":"https://canary.example","body":{"effectiveDirective":"img-src"}}]""")]
    public async Task The_log_says_which_rule_was_broken_and_no_address(string report)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(report)).Status);

        Assert.Contains(Said, text => text.Contains("img-src", StringComparison.Ordinal));
        Assert.DoesNotContain(Said, text => text.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"csp-report":{"effective-directive":"rubbish \n forged line"}}""")]
    [InlineData("""{"csp-report":{"effective-directive":7}}""")]
    [InlineData("""{"csp-report":null}""")]
    [InlineData("""[1]""")]
    public async Task What_is_no_rule_is_written_as_unknown(string report)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(report)).Status);

        Assert.Contains(Said, text => text.Contains("unknown", StringComparison.Ordinal));
        Assert.DoesNotContain(Said, text => text.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_report_writes_at_most_ten_lines()
    {
        await SendAsync($"[{string.Join(',', Enumerable.Repeat("{}", 500))}]");

        Assert.Equal(10, Said.Count());
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("\"text\"", HttpStatusCode.NoContent)]
    public async Task Rubbish_is_refused_quietly(string report, HttpStatusCode status)
    {
        Assert.Equal(status, (await SendAsync(report)).Status);

        Assert.Empty(Said);
    }

    [Fact]
    public async Task More_than_16_KB_is_too_much() => Assert.Equal(
        HttpStatusCode.RequestEntityTooLarge,
        (await SendAsync($"\"{new string('x', 16 * 1024)}\"")).Status);

    private IEnumerable<string> Said => _site.Log.Lines.Where(line => line.Category.EndsWith("PolicyReports", StringComparison.Ordinal))
        .Select(line => line.Text);

    private async Task<Answer> SendAsync(string report)
    {
        using var content = new StringContent(report, Encoding.UTF8, "application/csp-report");
        return await _browser.SendAsync(HttpMethod.Post, "/csp-reports", content);
    }
}
