using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>Two servers on one database.</summary>
public sealed class SharedQueueTests
{
    private const int Many = 16;

    [Fact]
    public async Task Two_servers_share_the_queue_and_one_that_stops_half_way_loses_and_doubles_nothing()
    {
        await using var shop = await Workshop.OpenAsync(Engine.Postgres);
        var polite = new ScriptedMaker();
        var other = await shop.BesideAsync(polite);
        var gate = new TaskCompletionSource();
        foreach (var maker in new[] { shop.Maker, polite })
            maker.OnSubmit = async request =>
            {
                await gate.Task;
                return new Submission.Accepted("ext-" + request.JobId, "poll-" + request.JobId);
            };
        var jobs = new List<Job>();
        for (var n = 0; n < Many; n++)
            jobs.Add(await shop.SubmitAsync($"job-{n}"));
        await shop.UntilAsync(jobs[^1].Id, _ => polite.Asked.Count > 1 && shop.Maker.Asked.Count > 1, TimeSpan.FromMilliseconds(10));

        var stopping = other.DisposeAsync().AsTask();
        gate.SetResult();
        await stopping;
        for (var n = Many; n < 2 * Many; n++)
            jobs.Add(await shop.SubmitAsync($"job-{n}"));
        foreach (var job in jobs)
            Assert.Equal(JobState.Done, (await shop.EndAsync(job, TimeSpan.FromMilliseconds(200))).State);

        var asked = shop.Maker.Asked.Concat(polite.Asked).Select(request => request.JobId).ToList();
        Assert.Equal(asked.Count, asked.Distinct().Count());
        Assert.Equal(2 * Many, asked.Count);
        Assert.Equal(2 * Many, await shop.Site.ReadAsync(db => db.Results.CountAsync()));
        Assert.Equal(1_000 - (2 * Many * Workshop.Price), await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task What_a_dead_server_held_is_taken_over_when_its_lease_ends()
    {
        await using var shop = await Workshop.OpenAsync(Engine.Postgres);
        shop.Maker.Traits = shop.Maker.Traits with { HonoursKeys = true };
        var dead = await shop.BesideAsync(new ScriptedMaker());
        foreach (var site in new[] { shop.Site, dead.Site })
            await WorkerOf(site).StopAsync(CancellationToken.None);
        var jobs = new List<Job>();
        for (var n = 0; n < 6; n++)
            jobs.Add(await shop.SubmitAsync($"job-{n}"));
        var held = new List<Claim?>();
        for (var n = 0; n < 3; n++)
            held.Add(await dead.Site.Services.GetRequiredService<Queue>().TakeAsync("dead", CancellationToken.None));

        await WorkerOf(shop.Site).StartAsync(CancellationToken.None);
        foreach (var job in jobs)
            Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
        foreach (var claim in held)
        {
            Assert.False(await dead.Site.Database.WriteAsync(
                write => JobRows.SaveAsync(write, claim!.Job, claim.Job.Accepted("late", "late", write.Now))));
        }

        Assert.Equal(6, shop.Maker.Asked.Select(request => request.JobId).Distinct().Count());
        await dead.DisposeAsync();
        await shop.EnsureBooksAsync();
    }

    private static JobWorker WorkerOf(Site site) => site.Services.GetServices<IHostedService>().OfType<JobWorker>().Single();
}
