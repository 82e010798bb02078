using System.Net;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Gallery;

/// <summary>"Bad result": credits back at once, a few times a month; then somebody judges.</summary>
public sealed class ClaimPageTests : IAsyncLifetime
{
    private Workshop _shop = null!;
    private PlainBrowser _browser = null!;

    private Site Site => _shop.Site;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync();
        _browser = await Site.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task The_credits_of_the_job_are_back_at_once_and_once()
    {
        var job = await MadeAsync("one");
        var before = await _shop.AvailableAsync();

        var said = await ClaimAsync(job.Id, ClaimReason.WrongGarment, "a coat, not a dress");

        Assert.Contains("20 credits are yours again, until", (await _browser.FollowAsync(said)).Text, StringComparison.Ordinal);
        Assert.Equal(before + Workshop.Price, await _shop.AvailableAsync());
        var page = await _browser.GetAsync($"/jobs/{job.Id}/claim");
        Assert.False(page.Has("main form[action$=claim]"));
        Assert.Contains("20 credits came back on", page.TextOf(".narrow .flash"), StringComparison.Ordinal);
        Assert.Contains("not what you asked for", (await _browser.GetAsync("/credits")).Text, StringComparison.Ordinal);
        Assert.IsType<ClaimOutcome.Before>(await Claims.MakeAsync(_shop.UserId, job.Id, ClaimReason.Other, ""));
        await _shop.EnsureBooksAsync();
        Site.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(before, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Said_twice_at_once_it_gives_once()
    {
        var job = await MadeAsync("one");
        var before = await _shop.AvailableAsync();

        var both = await Task.WhenAll(
            Claims.MakeAsync(_shop.UserId, job.Id, ClaimReason.Broken, ""), Claims.MakeAsync(_shop.UserId, job.Id, ClaimReason.Broken, ""));

        Assert.Single(both.OfType<ClaimOutcome.MadeGood>());
        Assert.Equal(before + Workshop.Price, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task The_fourth_of_a_month_waits_for_an_admin()
    {
        var jobs = new List<Job>();
        for (var n = 0; n < 5; n++)
            jobs.Add(await MadeAsync($"job-{n}"));
        var before = await _shop.AvailableAsync();
        for (var n = 0; n < 3; n++)
            await ClaimAsync(jobs[n].Id);
        Assert.Contains("3 results made good in this month", (await _browser.GetAsync($"/jobs/{jobs[3].Id}/claim")).Text, StringComparison.Ordinal);

        Assert.Contains("Somebody looks at it", (await _browser.FollowAsync(await ClaimAsync(jobs[3].Id))).Text, StringComparison.Ordinal);
        await ClaimAsync(jobs[4].Id, words: "two heads");

        Assert.Equal(before + (3 * Workshop.Price), await _shop.AvailableAsync());
        using var admin = await Site.AdminAsync();
        Assert.Contains("2 claims wait", (await admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
        var queue = await admin.GetAsync("/admin/claims");
        Assert.Contains("two heads", queue.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.SubmitAsync(queue, $"#claim-{jobs[3].Id} form")).Status);
        await admin.SubmitAsync(queue, $"#claim-{jobs[3].Id} form", new { Answer = "you are right" });
        await admin.SubmitAsync(queue, $"#claim-{jobs[4].Id} form", new { Answer = "we see one head" }, "[formaction$=refuse]");

        Assert.Equal(before + (4 * Workshop.Price), await _shop.AvailableAsync());
        Assert.True((await _browser.GetAsync("/notices")).Has($".rows a[href='/jobs/{jobs[4].Id}']"));
        Assert.Contains("the credits stay spent: we see one head", (await _browser.GetAsync($"/jobs/{jobs[4].Id}/claim")).Text, StringComparison.Ordinal);
        Assert.Contains("20 credits came back on", (await _browser.GetAsync($"/jobs/{jobs[3].Id}/claim")).Text, StringComparison.Ordinal);
        Assert.Equal(2, await Site.LettersAsync("asha@example.org"));
        Assert.Equal(2, await Site.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action.EndsWith("a claim"))));
        await _shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task After_a_day_it_is_too_late()
    {
        var job = await MadeAsync("one");
        var page = await _browser.GetAsync($"/jobs/{job.Id}/claim");
        Site.Clock.Advance(job.FinishedAt!.Value + Claims.Within - Site.Clock.GetUtcNow());

        var late = await _browser.SubmitAsync(page, "main form[action$=claim]", new { Form_Reason = "Other" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("within 24 hours", late.TextOf(".narrow .flash"), StringComparison.Ordinal);
        Assert.IsType<ClaimOutcome.TooLate>(await Claims.MakeAsync(_shop.UserId, job.Id, ClaimReason.Other, ""));
    }

    [Fact]
    public async Task A_free_use_has_no_credits_to_give_back()
    {
        var result = await Site.ResultAsync(_shop.UserId, charged: 1, scope: Scopes.Image);

        Assert.Contains("free uses of the day", (await _browser.GetAsync($"/jobs/{result.JobId}/claim")).Text, StringComparison.Ordinal);
        Assert.IsType<ClaimOutcome.Free>(await Claims.MakeAsync(_shop.UserId, result.JobId, ClaimReason.Other, ""));
    }

    [Fact]
    public async Task A_claim_without_a_reason_is_asked_again()
    {
        var job = await MadeAsync("one");

        var refused = await _browser.SubmitAsync(await _browser.GetAsync($"/jobs/{job.Id}/claim"), "main form[action$=claim]");

        Assert.Equal("Choose what is wrong with it.", refused.TextOf("#reason-error"));
    }

    [Fact]
    public async Task Nobody_claims_what_is_somebody_elses_or_not_made()
    {
        var mine = await MadeAsync("one");
        var page = await _browser.GetAsync($"/jobs/{mine.Id}/claim");
        await _shop.JoinAsync("ravi@example.org", 0);
        using var ravi = await Site.SignInAsync("ravi@example.org");

        Assert.Equal(HttpStatusCode.NotFound, (await ravi.GetAsync($"/jobs/{mine.Id}/claim")).Status);
        var own = await Site.ResultAsync((await Site.ReadAsync(db => db.Users.SingleAsync(user => user.Email == "ravi@example.org"))).Id);
        var form = await ravi.GetAsync($"/jobs/{own.JobId}/claim");
        form.Find("main form[action$=claim]").SetAttribute("action", $"/jobs/{mine.Id}/claim");
        Assert.Equal(HttpStatusCode.NotFound, (await ravi.SubmitAsync(form, "main form[action$=claim]", new { Form_Reason = "Other" })).Status);
        _shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var running = await _shop.SubmitAsync("running");
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync($"/jobs/{running.Id}/claim")).Status);
        Assert.True(page.Has("main form"));
    }

    private Claims Claims => Site.Services.GetRequiredService<Claims>();

    private async Task<Job> MadeAsync(string clientId) => await _shop.EndAsync(await _shop.SubmitAsync(clientId));

    private async Task<Answer> ClaimAsync(string jobId, ClaimReason reason = ClaimReason.NotMe, string words = "") => await _browser.SubmitAsync(
        await _browser.GetAsync($"/jobs/{jobId}/claim"), "main form[action$=claim]", new { Form_Reason = $"{reason}", Form_Words = words });
}
