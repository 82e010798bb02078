using System.Net;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Jobs;

/// <summary>A job's address, from the queue to its end.</summary>
public sealed class JobPageTests : IAsyncLifetime
{
    private Workshop _shop = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync(credits: 100);
        _browser = await _shop.Site.SignInAsync();
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task A_job_under_way_tells_its_stage_and_what_is_held_and_refreshes_without_script()
    {
        var job = await WorkingAsync();

        var page = await PageAsync(job);

        Assert.Contains("Working for", page.TextOf("#job-now h2"), StringComparison.Ordinal);
        Assert.Equal("Working", page.TextOf(".stages [aria-current]"));
        Assert.Contains("20 credits are held", page.TextOf("#job-rest"), StringComparison.Ordinal);
        Assert.True(page.Has("head noscript meta[http-equiv=refresh]"));
        Assert.True(page.Has($"#job-rest a[href='/jobs/{job.Id}']"));
    }

    [Fact]
    public async Task A_poll_that_finds_nothing_new_is_204_and_small()
    {
        var job = await WorkingAsync();
        var address = Poll(await PageAsync(job));

        var answer = await _browser.GetPieceAsync(address);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task The_poll_that_finds_the_end_says_so_and_brings_everything_with_it()
    {
        var job = await WorkingAsync();
        var address = Poll(await PageAsync(job));
        _shop.Maker.OnPoll = _ => ScriptedMaker.Made();
        await _shop.EndAsync(job);

        var answer = await _browser.GetPieceAsync(address);

        Assert.Equal(286, (int)answer.Status);
        Assert.True(answer.Has("#job-now .compare img"));
        Assert.False(answer.Has("#job-now[hx-get]"));
        Assert.Equal("true", answer.Find("#job-rest").GetAttribute("hx-swap-oob"));
        Assert.Equal("80 credits", answer.TextOf("#credit-pill"));
        Assert.Equal("Your picture is ready.", answer.TextOf("#announce"));
        Assert.Contains("Cost20 credits", answer.TextOf(".receipt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "every 2s")]
    [InlineData(40, "every 5s")]
    [InlineData(150, "every 10s")]
    public async Task It_asks_less_often_the_longer_it_takes(int seconds, string pace)
    {
        _shop.Maker.IsReady = true;
        var job = await WorkingAsync();
        _shop.Site.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(pace, (await PageAsync(job)).Find("#job-now").GetAttribute("hx-trigger"));
    }

    [Fact]
    public async Task A_changed_pace_is_news_for_an_open_page()
    {
        var job = await WorkingAsync();
        var address = Poll(await PageAsync(job));
        _shop.Site.Clock.Advance(TimeSpan.FromSeconds(40));

        var answer = await _browser.GetPieceAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("every 5s", answer.Find("#job-now").GetAttribute("hx-trigger"));
    }

    [Fact]
    public async Task Cancelling_says_the_money_first_and_gives_it_back()
    {
        var job = await WorkingAsync();
        var page = await PageAsync(job);
        Assert.Contains("All 20 credits come back at once", page.TextOf("details.confirm"), StringComparison.Ordinal);

        var after = await _browser.FollowAsync(_browser.SubmitAsync(page, $"form[action='/jobs/{job.Id}/cancel']"));

        Assert.Equal("Cancelled", after.TextOf("#job-now h2"));
        Assert.Contains("Your 20 credits are back. You have 100.", after.TextOf("#job-now .flash--good"), StringComparison.Ordinal);
        Assert.Equal(100, await _shop.AvailableAsync());
        Assert.False(after.Has($"form[action='/jobs/{job.Id}/cancel']"));
    }

    [Fact]
    public async Task A_failed_job_says_whose_fault_it_is_and_tries_again_once_however_often_it_is_tapped()
    {
        _shop.Maker.OnPoll = _ => Snapshot.Failed(new(ErrorClass.RejectedContent, "no", "It is not allowed."));
        var job = await _shop.EndAsync(await _shop.SubmitAsync());
        var page = await PageAsync(job);
        Assert.Contains("The maker's rules do not allow this picture", page.TextOf("#job-now"), StringComparison.Ordinal);
        Assert.Contains("Given back20", page.TextOf(".receipt"), StringComparison.Ordinal);

        var taps = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _browser.SubmitAsync(page, $"form[action='/jobs/{job.Id}/again']")));

        Assert.Single(taps.Select(tap => tap.Location).Distinct());
        var again = await _shop.Site.ReadAsync(db => db.Jobs.SingleAsync(other => other.Id != job.Id));
        Assert.Equal($"/jobs/{again.Id}", taps[0].Location);
        Assert.Equal((job.Parameters, 20), (again.Parameters, again.Price));
    }

    [Fact]
    public async Task Again_says_what_it_would_cost_now()
    {
        var job = await _shop.EndAsync(await _shop.SubmitAsync());
        await _shop.Site.Database.WriteAsync(write => write.RunAsync($"UPDATE models SET price = 25"));

        var page = await PageAsync(job);
        await _browser.SubmitAsync(page, $"form[action='/jobs/{job.Id}/again']");

        Assert.Equal("Again, 25 credits", page.TextOf($"form[action='/jobs/{job.Id}/again'] button"));
        Assert.Equal([20L, 25L], await _shop.Site.ReadAsync(db => db.Jobs.OrderBy(other => other.CreatedAt).Select(other => other.Price).ToListAsync()));
    }

    [Fact]
    public async Task Again_without_its_photo_leads_to_the_editor_with_the_words()
    {
        var job = await _shop.EndAsync(await _shop.SubmitAsync());
        var page = await PageAsync(job);
        await _browser.SubmitAsync(await _browser.GetAsync($"/wardrobe/photo/{_shop.Garment}"), $"form[action$='/delete']");

        var editor = await _browser.FollowAsync(_browser.SubmitAsync(page, $"form[action='/jobs/{job.Id}/again']"));

        Assert.Equal("Try-on", editor.Heading);
        Assert.Contains("not there any more", editor.TextOf(".flash--bad:not([hidden])"), StringComparison.Ordinal);
        Assert.Equal(80, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_finished_job_compares_without_script_and_hands_its_picture_out()
    {
        var job = await _shop.EndAsync(await _shop.SubmitAsync());
        var page = await PageAsync(job);

        Assert.Equal(2, page.Document.QuerySelectorAll(".compare img[alt]").Length);
        Assert.Equal(3, page.Document.QuerySelectorAll(".look input[type=radio]").Length);
        var file = await _browser.GetAsync(page.Find(".actions a[href*=download]").GetAttribute("href")!);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (file.Status, file.ContentType));
        Assert.Contains($"person={_shop.Person}", page.Find("a[href^='/studio/try-on?']").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_is_shown_while_the_final_is_made()
    {
        _shop.Maker.OnPoll = _ => new Snapshot(SnapshotState.Running, 40, Preview: new ProviderOutput(null, Drawing.Png()));
        var job = await _shop.UntilAsync((await _shop.SubmitAsync()).Id, job => job.State == JobState.Previewed);

        var page = await PageAsync(job);

        Assert.Contains("Preview, the full picture follows", page.TextOf("#job-now figcaption"), StringComparison.Ordinal);
        Assert.Equal("Working", page.TextOf(".stages [aria-current]"));
    }

    [Fact]
    public async Task To_everybody_else_it_is_not_there()
    {
        var job = await WorkingAsync();
        await _shop.JoinAsync("ravi@example.org", 100);
        using var ravi = await _shop.Site.SignInAsync("ravi@example.org");
        var own = await PageAsync(job);

        Assert.Equal(HttpStatusCode.NotFound, (await ravi.GetAsync($"/jobs/{job.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ravi.GetPieceAsync(Poll(own))).Status);
        var page = await ravi.GetAsync("/studio/try-on");
        foreach (var act in new[] { "cancel", "again" })
        {
            page.Find("main form").SetAttribute("action", $"/jobs/{job.Id}/{act}");
            Assert.Equal(HttpStatusCode.NotFound, (await ravi.SubmitAsync(page)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await ravi.GetAsync($"/credits/{Uri.EscapeDataString(job.Reference)}")).Status);
    }

    private async Task<Job> WorkingAsync()
    {
        _shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        return await _shop.UntilAsync((await _shop.SubmitAsync()).Id, job => job.State == JobState.Working && job.Worker is null);
    }

    private Task<Answer> PageAsync(Job job) => _browser.GetAsync($"/jobs/{job.Id}");

    private static string Poll(Answer page) => page.Find("#job-now").GetAttribute("hx-get")!;
}
