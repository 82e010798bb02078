using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Pages.Account;

public sealed partial class KeysTests : IAsyncLifetime
{
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        await _site.PersonAsync();
        _browser = await _site.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_key_is_shown_once_works_and_ends()
    {
        var page = await _browser.GetAsync("/account/keys");
        Assert.Contains("No keys yet", page.Text, StringComparison.Ordinal);

        var made = await _browser.SubmitAsync(page, "form[action='/account/keys']", new { Form_Name = "My script" });
        var text = Text().Match(made.Text).Value;

        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Equal("no-store", made.Header("Cache-Control"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(text));
        var again = await _browser.GetAsync("/account/keys");
        Assert.DoesNotContain(text, again.Text, StringComparison.Ordinal);
        Assert.Contains("My script", again.Text, StringComparison.Ordinal);

        await _browser.SubmitAsync(again, "form[action='/account/keys/end']");

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(text));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a name", "minus one")]
    [InlineData("a name", "0")]
    public async Task What_cannot_be_is_refused_and_what_was_typed_stays(string name, string most)
    {
        var page = await _browser.GetAsync("/account/keys");

        var refused = await _browser.SubmitAsync(page, "form[action='/account/keys']", new { Form_Name = name, Form_SpendMax = most });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(most, refused.Find("#Form_SpendMax").GetAttribute("value") ?? "");
        Assert.DoesNotMatch(Text(), refused.Text);
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using var program = _site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return (await program.SendAsync(request)).Status;
    }

    [GeneratedRegex("dk_[0-9a-f]{64}")]
    private static partial Regex Text();
}
