using System.Net;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Admin;

/// <summary>Jobs, makers and models as an admin sees and changes them.</summary>
public sealed class JobPagesTests : IAsyncLifetime
{
    private Workshop _shop = null!;
    private PlainBrowser _admin = null!;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync();
        _admin = await _shop.Site.AdminAsync();
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_jobs_whole_life_can_be_read()
    {
        Assert.Contains("No jobs", (await _admin.GetAsync("/admin/jobs")).Text, StringComparison.Ordinal);
        var job = await _shop.EndAsync(await _shop.SubmitAsync());

        Assert.Contains(job.Id[^8..], (await _admin.GetAsync("/admin/jobs?state=Done")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(job.Id[^8..], (await _admin.GetAsync("/admin/jobs?state=open")).Text, StringComparison.Ordinal);
        var page = await _admin.GetAsync($"/admin/jobs/{job.Id}");
        foreach (var state in new[] { "Queued", "Sending", "Working", "Saving", "Done" })
            Assert.Contains(state, page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync("/admin/jobs/nothing")).Status);
    }

    [Fact]
    public async Task An_admin_ends_a_job_with_a_reason_and_the_credits_go_back()
    {
        _shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await _shop.SubmitAsync();
        await _shop.UntilAsync(job.Id, now => now.State == JobState.Working);
        var page = await _admin.GetAsync($"/admin/jobs/{job.Id}");

        var without = await _admin.SubmitAsync(page, $"form[action='/admin/jobs/{job.Id}/end']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        var ended = await _admin.FollowAsync(_admin.SubmitAsync(without, $"form[action='/admin/jobs/{job.Id}/end']", new { Reason = "it hangs" }));

        Assert.Contains("The credits are back", ended.Text, StringComparison.Ordinal);
        var now = await _shop.FindAsync(job.Id);
        Assert.Equal((JobState.Failed, FailReason.Ended, "it hangs"), (now.State, now.Reason, now.Detail));
        Assert.Equal(1_000, await _shop.AvailableAsync());
        Assert.Contains("it hangs", (await _admin.GetAsync("/admin/audit")).Text, StringComparison.Ordinal);
        await _shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_resting_maker_is_a_problem_until_an_admin_asks_it_again()
    {
        Assert.DoesNotContain("is resting", (await _admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
        _shop.Maker.Answers(new Submission.Rejected(new(ErrorClass.OutOfFunds, "no_funds", "The purse is empty.")));
        await _shop.EndAsync(await _shop.SubmitAsync());

        var page = await _admin.GetAsync("/admin");
        Assert.Contains("sandbox is resting since", page.Text, StringComparison.Ordinal);
        Assert.Contains("The purse is empty. (no_funds)", page.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/models\"", page.Text, StringComparison.Ordinal);

        var models = await _admin.GetAsync("/admin/models");
        await _admin.FollowAsync(_admin.SubmitAsync(models, "form[action$='/reset']"));
        Assert.DoesNotContain("is resting", (await _admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_models_price_counts_from_the_next_job_on()
    {
        var model = await _shop.Site.ReadAsync(db => db.Models.SingleAsync(m => m.Provider == "sandbox" && m.Tool == "try-on"));
        var page = await _admin.GetAsync($"/admin/model/{model.Id}");

        var wrong = await _admin.SubmitAsync(page, "main form", new { Form_Price = "0" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var saved = await _admin.FollowAsync(_admin.SubmitAsync(page, "main form", new { Form_Price = "33" }));

        Assert.Contains("It counts from the next job on", saved.Text, StringComparison.Ordinal);
        Assert.Equal(33, (await _shop.SubmitAsync()).Price);
        Assert.Contains("price 20 to 33", (await _admin.GetAsync("/admin/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_off_is_not_asked()
    {
        var model = await _shop.Site.ReadAsync(db => db.Models.SingleAsync(m => m.Provider == "sandbox" && m.Tool == "try-on"));
        var page = await _admin.GetAsync($"/admin/model/{model.Id}");

        await _admin.SubmitAsync(page, "main form", new Dictionary<string, string?> { ["Form.IsEnabled"] = null });

        Assert.IsType<SubmitOutcome.NoMaker>(await _shop.AskAsync());
    }

    [Fact]
    public async Task A_makers_key_is_tested_and_it_can_be_asked_again()
    {
        var page = await _admin.GetAsync("/admin/models");

        var tested = await _admin.FollowAsync(_admin.SubmitAsync(page, "form[action='/admin/models/test']"));

        Assert.Contains("The key for sandbox works", tested.Text, StringComparison.Ordinal);
    }
}
