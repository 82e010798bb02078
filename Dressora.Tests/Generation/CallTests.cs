using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>Calls from makers: early, late, often, forged and never.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_same_call_a_hundred_times_at_once_settles_once(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => shop.CallAsync(job, ScriptedMaker.Says("Succeeded")))));

        Assert.All(answers, answer => Assert.Equal(200, answer));
        Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
        Assert.Equal(1, await shop.Site.ReadAsync(db => db.Results.CountAsync()));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_call_that_beats_the_answer_to_the_submission_is_applied_once()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        shop.Maker.OnSubmit = async request =>
        {
            var job = await shop.FindAsync(request.JobId);
            Assert.Equal(200, await shop.CallAsync(job, ScriptedMaker.Says("Succeeded")));
            return new Submission.Accepted("ext", "poll");
        };

        var job = await shop.EndAsync(await shop.SubmitAsync(), TimeSpan.FromMilliseconds(100));

        Assert.Equal(JobState.Done, job.State);
        Assert.Empty(shop.Maker.Polled);
        await shop.EnsureBooksAsync();
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Cancelled")]
    public async Task A_success_after_the_end_is_kept_out(string end)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);
        if (end == "Cancelled")
            Assert.Equal(CancelOutcome.Cancelled, await shop.Generator.CancelAsync(shop.UserId, job.Id));
        else
            await shop.CallAsync(job, ScriptedMaker.Says("Failed"));
        await shop.EndAsync(job);

        Assert.Equal(200, await shop.CallAsync(job, ScriptedMaker.Says("Succeeded")));

        Assert.Equal(Enum.Parse<JobState>(end), (await shop.FindAsync(job.Id)).State);
        Assert.Equal(1_000, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_forged_call_moves_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        var other = await shop.SubmitAsync("other");
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);
        var good = ScriptedMaker.Says("Succeeded");

        Assert.Equal(401, await shop.CallAsync(job, good, proved: false));
        Assert.Equal(404, await shop.CallAsync(job, good, token: other.CallbackToken));
        Assert.Equal(404, await shop.CallAsync(job, good, token: "x"));
        Assert.Equal(404, await shop.CallAsync(job, good, provider: "fal"));
        Assert.Equal(404, await shop.CallAsync(job with { Id = "nothing" }, good));

        Assert.Equal(0, await shop.Site.ReadAsync(db => db.JobCalls.CountAsync()));
        Assert.Equal(JobState.Working, (await shop.FindAsync(job.Id)).State);
    }

    [Fact]
    public async Task An_unsigned_call_is_only_a_reason_to_look()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Traits = shop.Maker.Traits with { Callback = CallbackTrust.Hint };
        var polls = 0;
        shop.Maker.OnPoll = _ => Interlocked.Increment(ref polls) > 1 ? ScriptedMaker.Made() : ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working && polls == 1 && now.Worker is null);

        Assert.Equal(200, await shop.CallAsync(job, "anything", proved: false));

        var done = await shop.EndAsync(job, TimeSpan.FromMilliseconds(1));
        Assert.Equal((JobState.Done, 2), (done.State, polls));
    }

    [Fact]
    public async Task A_failure_called_in_after_a_success_changes_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);

        await shop.CallAsync(job, ScriptedMaker.Says("Succeeded"));
        await shop.CallAsync(job, ScriptedMaker.Says("Failed"));

        Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_heartbeat_moves_the_deadline_on()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => Snapshot.Unclear(ScriptedMaker.Down);
        var job = await shop.SubmitAsync();
        var working = await shop.UntilAsync(job.Id, now => now.State == JobState.Working);
        shop.Site.Clock.Advance(TimeSpan.FromSeconds(60));

        await shop.CallAsync(job, ScriptedMaker.Says("Running"));

        await shop.UntilAsync(job.Id, now => now.Deadline > working.Deadline, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Cancel_success_and_deadline_at_once_have_one_winner(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        for (var round = 0; round < 8; round++)
        {
            shop.Maker.OnPoll = _ => ScriptedMaker.Running();
            var job = await shop.SubmitAsync($"round-{round}");
            await shop.UntilAsync(job.Id, now => now.State == JobState.Working);

            await Task.WhenAll(
                Task.Run(() => shop.CallAsync(job, ScriptedMaker.Says("Succeeded"))),
                Task.Run(() => shop.Generator.CancelAsync(shop.UserId, job.Id)),
                Task.Run(() => shop.Site.Clock.Advance(TimeSpan.FromSeconds(130))));

            await shop.EndAsync(job);
            await shop.EnsureBooksAsync();
        }
    }

    [Theory]
    [InlineData("Succeeded", JobState.Done)]
    [InlineData("Failed", JobState.Failed)]
    public async Task An_end_that_was_called_in_is_taken_before_a_maker_without_answers_is_asked_again(string said, JobState end)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.Traits = shop.Maker.Traits with { HonoursKeys = true };
        shop.Maker.Answers(new Submission.Unknown("the wire broke"));
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => shop.Maker.Asked.Count > 0 && now is { State: JobState.Sending, Worker: null }, TimeSpan.FromTicks(1));
        var asked = shop.Maker.Asked.Count;

        Assert.Equal(200, await shop.CallAsync(job, ScriptedMaker.Says(said)));

        Assert.Equal((end, asked), ((await shop.EndAsync(job)).State, shop.Maker.Asked.Count));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_sender_that_writes_its_headers_small_is_believed()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);

        Assert.Equal(200, await shop.CallAsync(job, ScriptedMaker.Says("Succeeded"), isSmall: true));

        Assert.Equal(JobState.Done, (await shop.EndAsync(job, TimeSpan.FromMilliseconds(1))).State);
    }
}
