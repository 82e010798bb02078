using System.Net;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Notices;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Notices;

/// <summary>The bell, its page, and the letter for whoever waited long.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private Workshop _shop = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync();
        _browser = await _shop.Site.SignInAsync();
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task A_quiet_bell_has_no_number_and_an_empty_page_with_words()
    {
        var page = await _browser.GetAsync("/notices");

        Assert.False(page.Has(".bell b"));
        Assert.Equal("Nothing to tell", page.TextOf(".empty h2"));
    }

    [Fact]
    public async Task A_finished_job_rings_until_its_page_was_seen()
    {
        var job = await _shop.EndAsync(await _shop.SubmitAsync());
        var studio = await _browser.GetAsync("/studio");
        Assert.Equal("Notices, 1 new", studio.Find(".bell").GetAttribute("aria-label"));
        Assert.True((await _browser.GetAsync("/notices")).Has($".rows a[href='/jobs/{job.Id}']"));

        await _browser.GetAsync($"/jobs/{job.Id}");

        var after = await _browser.GetAsync("/notices");
        Assert.False(after.Has(".bell b"));
        Assert.False(after.Has(".rows .badge"));
    }

    [Fact]
    public async Task A_failed_job_says_that_the_credits_are_back_and_a_cancelled_one_says_nothing()
    {
        _shop.Maker.OnPoll = _ => Snapshot.Failed(new(ErrorClass.RejectedContent, "no", "It is not allowed."));
        await _shop.EndAsync(await _shop.SubmitAsync("one"));
        _shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        await _shop.Generator.CancelAsync(_shop.UserId, (await _shop.SubmitAsync("two")).Id);

        var page = await _browser.GetAsync("/notices");

        Assert.Single(page.Document.QuerySelectorAll(".rows li"));
        Assert.Contains("its credits are back", page.TextOf(".rows"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_seen_is_one_press()
    {
        await _shop.EndAsync(await _shop.SubmitAsync("one"));
        await _shop.EndAsync(await _shop.SubmitAsync("two"));

        var after = await _browser.FollowAsync(_browser.SubmitAsync(await _browser.GetAsync("/notices"), "form[action='/notices/seen']"));

        Assert.False(after.Has(".bell b"));
        Assert.Equal(2, after.Document.QuerySelectorAll(".rows li").Length);
    }

    [Theory]
    [InlineData(true, 60, 1)]
    [InlineData(true, 5, 0)]
    [InlineData(false, 60, 0)]
    public async Task A_letter_comes_to_whoever_wants_it_and_waited_long(bool wants, int seconds, int letters)
    {
        await _browser.SubmitAsync(await _browser.GetAsync("/notices"), "form[action='/notices/wish']", new { WantsMail = wants });
        _shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await _shop.UntilAsync((await _shop.SubmitAsync()).Id, now => now.State == JobState.Working);
        _shop.Site.Clock.Advance(TimeSpan.FromSeconds(seconds));
        _shop.Maker.OnPoll = _ => ScriptedMaker.Made();
        await _shop.EndAsync(job, TimeSpan.FromMilliseconds(20));

        var mails = await _shop.Site.ReadAsync(db => db.Mails.Where(mail => mail.Subject.Contains("picture")).ToListAsync());

        Assert.Equal(letters, mails.Count);
        Assert.All(mails, mail => Assert.Contains($"/jobs/{job.Id}", mail.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_thing_again_is_one_notice_that_is_new_once_more()
    {
        var board = (NoticeBoard)_shop.Site.Services.GetService(typeof(NoticeBoard))!;
        for (var i = 0; i < 3; i++)
        {
            await _shop.Site.Database.WriteAsync(write => board.PutUpAsync(write, _shop.UserId, NoticeKind.Evicted, "/history"));
            Assert.Equal(1, await board.UnseenAsync(_shop.UserId));
            await board.SeeAsync(_shop.UserId, "/history");
            Assert.Equal(0, await board.UnseenAsync(_shop.UserId));
        }

        Assert.Single(await board.NewestAsync(_shop.UserId));
    }

    [Fact]
    public async Task Nobody_reads_or_clears_somebody_elses()
    {
        await _shop.EndAsync(await _shop.SubmitAsync());
        await _shop.JoinAsync("ravi@example.org", 0);
        using var ravi = await _shop.Site.SignInAsync("ravi@example.org");

        var page = await ravi.GetAsync("/notices");
        Assert.False(page.Has(".rows"));
        page.Find("form[action='/notices/wish']").SetAttribute("action", "/notices/seen");
        Assert.Equal(HttpStatusCode.SeeOther, (await ravi.SubmitAsync(page, "form[action='/notices/seen']")).Status);

        Assert.True((await _browser.GetAsync("/studio")).Has(".bell b"));
    }
}
