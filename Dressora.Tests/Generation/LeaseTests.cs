using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>Who holds a job, for how long, and what happens to whoever holds it no longer.</summary>
public sealed class LeaseTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_worker_that_sleeps_past_its_lease_is_fenced_off(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        shop.Maker.Traits = shop.Maker.Traits with { HonoursKeys = true };
        var worker = shop.Site.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<JobWorker>().Single();
        await worker.StopAsync(CancellationToken.None);
        var job = await shop.SubmitAsync();
        var sleeper = await shop.Site.Services.GetRequiredService<Queue>().TakeAsync("sleeper", CancellationToken.None);
        await worker.StartAsync(CancellationToken.None);

        shop.Site.Clock.Advance(Queue.Lease + TimeSpan.FromSeconds(1));
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working, TimeSpan.FromMilliseconds(1));
        var late = await shop.Site.Database.WriteAsync(
            write => JobRows.SaveAsync(write, sleeper!.Job, sleeper.Job.Accepted("late", "late", write.Now)));

        Assert.False(late);
        var done = await shop.EndAsync(job);
        Assert.Equal((JobState.Done, $"ext-{job.Id}"), (done.State, done.ExternalId));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task A_look_that_takes_long_keeps_its_lease()
    {
        await using var shop = await Workshop.OpenAsync();
        var (asked, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        shop.Maker.OnSubmit = async _ =>
        {
            asked.TrySetResult();
            await gate.Task;
            return new Submission.Accepted("ext", "poll");
        };
        var job = await shop.SubmitAsync();
        await asked.Task;

        for (var i = 0; i < 10; i++)
        {
            var before = (await shop.FindAsync(job.Id)).DueAt;
            shop.Site.Clock.Advance(Queue.Lease / 3);
            await shop.UntilAsync(job.Id, now => now.DueAt > before, TimeSpan.FromTicks(10));
        }

        gate.SetResult();
        Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
        Assert.Single(shop.Maker.Asked);
    }

    [Fact]
    public async Task A_job_whose_worker_died_while_asking_is_not_asked_for_again_where_that_would_cost_twice()
    {
        await using var shop = await Workshop.OpenAsync();
        var (asked, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        shop.Maker.OnSubmit = async _ =>
        {
            asked.TrySetResult();
            await gate.Task;
            return new Submission.Accepted("late", "late");
        };
        var job = await shop.SubmitAsync();
        await asked.Task;

        await shop.Site.Database.WriteAsync(write => write.RunAsync($"UPDATE jobs SET due_at = {write.Now}, worker = {"dead"}"));

        var end = await shop.EndAsync(job, TimeSpan.FromSeconds(20));
        gate.SetResult();
        Assert.Equal((JobState.Failed, FailReason.Lost, 1), (end.State, end.Reason, shop.Maker.Asked.Count));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task Of_two_who_hold_the_same_version_one_step_counts()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        var seen = await shop.UntilAsync(job.Id, now => now.State == JobState.Working && now.Worker is null);

        var counted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => shop.Site.Database.WriteAsync(
            write => JobRows.SaveAsync(write, seen, seen.Leased("somebody", write.Now + Queue.Lease))))));

        Assert.True(counted.Count(one => one) <= 1);
    }

    [Fact]
    public async Task A_stop_lets_what_is_under_way_end_and_a_restart_finds_the_rest()
    {
        await using var shop = await Workshop.OpenAsync();
        var (asked, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        shop.Maker.OnSubmit = async request =>
        {
            asked.TrySetResult();
            await gate.Task;
            return new Submission.Accepted("ext", "poll");
        };
        var job = await shop.SubmitAsync();
        await asked.Task;
        var worker = shop.Site.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<JobWorker>().Single();

        var stopping = worker.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;

        Assert.Equal(JobState.Working, (await shop.FindAsync(job.Id)).State);
        await worker.StartAsync(CancellationToken.None);
        Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task One_person_has_one_heavy_job_out_at_a_time()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var orders = Enumerable.Range(0, 3).Select(n => new JobOrder(
            shop.UserId, $"heavy-{n}", "try-on", JobKind.TryOn, [], [], IsHeavy: true));
        foreach (var order in orders)
            Assert.IsType<SubmitOutcome.Submitted>(await shop.Generator.SubmitAsync(order));
        var light = await shop.SubmitAsync("light");

        await shop.UntilAsync(light.Id, now => now.State == JobState.Working);

        Assert.Equal(1, await shop.Site.ReadAsync(db => db.Jobs.CountAsync(job => job.IsHeavy && job.State == JobState.Working)));
        Assert.Equal(2, await shop.Site.ReadAsync(db => db.Jobs.CountAsync(job => job.IsHeavy && job.State == JobState.Queued)));
    }
}
