using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>A maker hears, once, that nobody waits any more; nobody waits for the maker.</summary>
public sealed class RecallTests
{
    [Fact]
    public async Task A_maker_is_told_once_of_a_job_that_was_called_off_and_its_answer_is_written_down()
    {
        await using var shop = await Workshop.OpenAsync();
        var job = await WorkingAsync(shop);

        Assert.Equal(CancelOutcome.Cancelled, await shop.Generator.CancelAsync(shop.UserId, job.Id));
        Assert.Equal(CancelOutcome.TooLate, await shop.Generator.CancelAsync(shop.UserId, job.Id));

        Assert.Equal("cancel at sandbox: Requested", await NoteAsync(shop, job.Id));
        Assert.Equal(job.PollReference, Assert.Single(shop.Maker.Cancelled));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_maker_that_hangs_holds_up_nobody()
    {
        await using var shop = await Workshop.OpenAsync();
        var gate = new TaskCompletionSource<Cancellation>();
        shop.Maker.OnCancel = _ => gate.Task;
        var job = await WorkingAsync(shop);

        Assert.Equal(CancelOutcome.Cancelled, await shop.Generator.CancelAsync(shop.UserId, job.Id));

        Assert.Equal(1_000, await shop.AvailableAsync());
        gate.SetResult(Cancellation.TooLate);
        Assert.Equal("cancel at sandbox: TooLate", await NoteAsync(shop, job.Id));
    }

    [Fact]
    public async Task A_maker_that_accepts_what_was_called_off_meanwhile_is_told()
    {
        await using var shop = await Workshop.OpenAsync();
        var (asked, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        shop.Maker.OnSubmit = async _ =>
        {
            asked.TrySetResult();
            await gate.Task;
            return new Submission.Accepted("ext", "late");
        };
        var job = await shop.SubmitAsync();
        await asked.Task;

        await shop.Generator.CancelAsync(shop.UserId, job.Id);
        gate.SetResult();

        Assert.Equal("cancel at sandbox: Requested", await NoteAsync(shop, job.Id));
        Assert.Equal("late", Assert.Single(shop.Maker.Cancelled));
    }

    [Fact]
    public async Task At_the_deadline_a_maker_is_asked_once_more_and_then_told()
    {
        await using var shop = await Workshop.OpenAsync();
        var job = await WorkingAsync(shop);
        var polled = shop.Maker.Polled.Count;

        shop.Site.Clock.Advance(job.Deadline - shop.Site.Clock.GetUtcNow());
        var failed = await shop.EndAsync(job);

        Assert.Equal((JobState.Failed, FailReason.Deadline), (failed.State, failed.Reason));
        Assert.True(shop.Maker.Polled.Count > polled);
        Assert.Equal("cancel at sandbox: Requested", await NoteAsync(shop, job.Id));
        Assert.Single(shop.Maker.Cancelled);
    }

    [Fact]
    public async Task A_maker_that_ended_the_job_itself_is_told_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => Snapshot.Failed(ScriptedMaker.Down);
        await shop.EndAsync(await shop.SubmitAsync("fails"));
        shop.Maker.OnPoll = _ => ScriptedMaker.Made();
        await shop.EndAsync(await shop.SubmitAsync("goes well"));
        var last = await WorkingAsync(shop, "called off");
        await shop.Generator.CancelAsync(shop.UserId, last.Id);

        await NoteAsync(shop, last.Id);
        Assert.Equal(last.PollReference, Assert.Single(shop.Maker.Cancelled));
    }

    private static Task<Job> WorkingAsync(Workshop shop, string clientId = "first")
    {
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        return AskAsync();
        async Task<Job> AskAsync() => await shop.UntilAsync((await shop.SubmitAsync(clientId)).Id, now => now.State == JobState.Working && now.Worker is null);
    }

    private static async Task<string> NoteAsync(Workshop shop, string jobId)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (await shop.Site.ReadAsync(db => db.JobSteps.Where(step => step.JobId == jobId && step.From == step.To).SingleOrDefaultAsync()) is { } step)
                return step.Note;
            await Task.Delay(5);
        }

        throw new TimeoutException(string.Join('\n', shop.Site.Log.Troubles));
    }
}
