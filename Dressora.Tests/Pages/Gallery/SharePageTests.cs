using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Gallery;

/// <summary>A link that shows one result to whoever has it, as long as its owner wants.</summary>
public sealed class SharePageTests : IAsyncLifetime
{
    private Site _site = null!;
    private PlainBrowser _browser = null!;
    private PlainBrowser _stranger = null!;
    private long _asha;
    private Result _result = null!;

    private string Here => $"/history/result/{_result.Id}/share";

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _asha = (await _site.PersonAsync()).Id;
        _browser = await _site.SignInAsync();
        _stranger = _site.NewBrowser();
        _result = await _site.ResultAsync(_asha);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        _stranger.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_has_the_link_sees_the_picture_and_not_who_made_it()
    {
        var link = await LinkAsync();

        var page = await _stranger.GetAsync(link);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Made with AI", page.TextOf(".job-picture"), StringComparison.Ordinal);
        Assert.Equal("noindex", page.Document.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.DoesNotContain("asha", page.TextOf("body"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("coral", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(page.Body.Length, 1, 15 * 1024);
        Assert.Equal("no-store", page.Header("Cache-Control"));
        var picture = page.Document.QuerySelector(".job-picture img")!.GetAttribute("src")!;
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync(picture)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(picture.Split('?')[0])).Status);
        _site.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(picture)).Status);
    }

    [Fact]
    public async Task A_collage_does_not_pass_for_a_picture_that_a_model_made()
    {
        var link = await LinkAsync();
        await _site.Database.WriteAsync(write => write.RunAsync(
            $"UPDATE jobs SET model_id = (SELECT id FROM models WHERE provider = 'tailor') WHERE id = {_result.JobId}"));

        var page = await _stranger.GetAsync(link);

        Assert.Equal("A collage of two photos", page.Heading);
        Assert.Equal("Quick preview", page.TextOf(".job-picture .badge"));
        Assert.DoesNotContain("with AI", page.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_it_is_taken_back()
    {
        var (first, second) = (await LinkAsync(), await LinkAsync(days: 30));
        var page = await _browser.GetAsync(Here);
        Assert.Equal(2, page.Document.QuerySelectorAll(".rows > li").Length);

        await _browser.SubmitAsync(page, $".rows > li:first-child form");

        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(second)).Status);
        Assert.Contains("taken back", (await _stranger.GetAsync(second)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync(first)).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task It_ends_by_itself(int days)
    {
        var link = await LinkAsync(days);

        _site.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync(link)).Status);
        _site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(link)).Status);
    }

    [Fact]
    public async Task It_dies_with_its_result()
    {
        var link = await LinkAsync();
        var history = _site.Services.GetRequiredService<History>();

        await history.RemoveAsync(_asha, _result.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(Here)).Status);
        _site.Clock.Advance(History.Grace + TimeSpan.FromMinutes(1));
        await history.SweepAsync();

        Assert.Equal(0, await _site.ReadAsync(db => db.Shares.CountAsync()));
    }

    [Fact]
    public async Task It_dies_with_the_account_and_rests_while_that_is_leaving_or_suspended()
    {
        var link = await LinkAsync();
        await _site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync(user => user.Id == _asha)).Suspend(write.Now));
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(link)).Status);
        await _site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync(user => user.Id == _asha)).Restore());
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync(link)).Status);

        await _site.Database.WriteAsync(async write =>
        {
            foreach (var farewell in _site.Services.GetServices<Farewell>())
                await farewell(write, _asha);
        });

        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(link)).Status);
        Assert.Equal(0, await _site.ReadAsync(db => db.Shares.CountAsync()));
    }

    [Fact]
    public async Task A_forged_link_shows_nothing()
    {
        var link = await LinkAsync();
        foreach (var forged in new[] { link[..^1] + (link[^1] == 'A' ? 'B' : 'A'), "/s/1", "/s/" + new string('A', 22), link + "x", link.ToUpperInvariant() })
            Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync(forged)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _stranger.GetAsync("/s/1/report")).Status);
    }

    [Fact]
    public async Task Ten_links_to_one_result_are_the_most()
    {
        for (var n = 0; n < Shares.OpenMax; n++)
            await LinkAsync();

        var refused = await _browser.FollowAsync(await _browser.SubmitAsync(await _browser.GetAsync(Here), $"form[action='{Here}']"));

        Assert.Contains("10 links to it work already", refused.Text, StringComparison.Ordinal);
        Assert.Equal(Shares.OpenMax, await _site.ReadAsync(db => db.Shares.CountAsync()));
    }

    [Fact]
    public async Task Nobody_shares_or_takes_back_what_is_somebody_elses()
    {
        await LinkAsync();
        var (page, share) = (await _browser.GetAsync(Here), await _site.ReadAsync(db => db.Shares.SingleAsync()));
        await _site.PersonAsync("ravi@example.org");
        using var ravi = await _site.SignInAsync("ravi@example.org");

        Assert.Equal(HttpStatusCode.NotFound, (await ravi.GetAsync(Here)).Status);
        var own = await _site.ResultAsync((await _site.ReadAsync(db => db.Users.SingleAsync(user => user.Email == "ravi@example.org"))).Id);
        var form = await ravi.GetAsync($"/history/result/{own.Id}/share");
        var token = form.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var path in new[] { Here, $"{Here}/revoke", $"/history/result/{own.Id}/share/revoke" })
        {
            var answer = await ravi.SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["share"] = $"{share.Id}", ["__RequestVerificationToken"] = token }),
            });
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }

        Assert.Null((await _site.ReadAsync(db => db.Shares.SingleAsync())).RevokedAt);
    }

    private async Task<string> LinkAsync(int days = 7)
    {
        var made = await _browser.SubmitAsync(await _browser.GetAsync(Here), $"form[action='{Here}']", new { days = $"{days}" });
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        var link = (await _browser.FollowAsync(made)).Document.QuerySelector(".rows input[readonly]")!.GetAttribute("value")!;
        return new Uri(link).PathAndQuery;
    }
}
