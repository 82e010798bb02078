using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>The newest thirty, the pinned ones, and the day in which something can be brought back.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task The_thirty_first_result_takes_the_place_of_the_oldest_that_is_not_pinned()
    {
        await using var shop = await Workshop.OpenAsync();
        var history = shop.Site.Services.GetRequiredService<History>();
        await FillAsync(shop, History.UnpinnedMax);
        var oldest = await KeptAsync(shop);
        Assert.Equal(PinOutcome.Done, await history.PinAsync(shop.UserId, oldest[0].Id, isPinned: true));

        await FillAsync(shop, 2, from: 100);

        var kept = await KeptAsync(shop);
        Assert.Equal(History.UnpinnedMax + 1, kept.Count);
        Assert.Contains(kept, result => result.Id == oldest[0].Id);
        Assert.DoesNotContain(kept, result => result.Id == oldest[1].Id);
        var left = await shop.Site.ReadAsync(db => db.MediaItems.SingleAsync(item => item.Id == oldest[1].MediaId));
        Assert.Equal(MediaState.Deleting, left.State);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Two_that_finish_at_once_leave_thirty(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        await FillAsync(shop, History.UnpinnedMax - 1);

        var two = new[] { await shop.SubmitAsync("a"), await shop.SubmitAsync("b") };
        foreach (var job in two)
            await shop.EndAsync(job);

        Assert.Equal(History.UnpinnedMax, (await KeptAsync(shop)).Count);
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task What_left_can_be_brought_back_for_a_day_and_then_its_bytes_are_gone()
    {
        await using var shop = await Workshop.OpenAsync();
        var history = shop.Site.Services.GetRequiredService<History>();
        await FillAsync(shop, 2);
        var results = await KeptAsync(shop);

        Assert.True(await history.RemoveAsync(shop.UserId, results[0].Id));
        Assert.True(await history.RemoveAsync(shop.UserId, results[1].Id));
        Assert.False(await history.RemoveAsync(shop.UserId, results[1].Id));
        Assert.True(await history.BringBackAsync(shop.UserId, results[0].Id));
        shop.Site.Clock.Advance(History.Grace + TimeSpan.FromMinutes(5));

        await shop.Site.Services.GetRequiredService<Deletions>().SweepAsync(CancellationToken.None);
        Assert.False(await history.BringBackAsync(shop.UserId, results[1].Id));
        Assert.Equal(results[0].Id, Assert.Single(await KeptAsync(shop)).Id);
        var gone = await shop.Site.ReadAsync(db => db.MediaItems.SingleAsync(item => item.Id == results[1].MediaId));
        Assert.Equal(MediaState.Gone, gone.State);
    }

    [Fact]
    public async Task Nobody_touches_what_is_somebody_elses()
    {
        await using var shop = await Workshop.OpenAsync();
        var history = shop.Site.Services.GetRequiredService<History>();
        await FillAsync(shop, 1);
        var result = Assert.Single(await KeptAsync(shop));
        var other = await shop.JoinAsync("ravi@example.org", 0);

        Assert.Equal(PinOutcome.NotFound, await history.PinAsync(other.Id, result.Id, true));
        Assert.False(await history.RemoveAsync(other.Id, result.Id));
        Assert.False(await history.BringBackAsync(other.Id, result.Id));
        Assert.Equal(CancelOutcome.NotFound, await shop.Generator.CancelAsync(other.Id, result.JobId));
    }

    [Fact]
    public async Task Whoever_deletes_their_account_takes_everything_along()
    {
        await using var shop = await Workshop.OpenAsync();
        await FillAsync(shop, 1);
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var running = await shop.SubmitAsync("running");
        await shop.UntilAsync(running.Id, now => now.State == JobState.Working);

        await shop.Site.Database.WriteAsync(async write =>
        {
            foreach (var farewell in shop.Site.Services.GetServices<Farewell>())
                await farewell(write, shop.UserId);
        });

        Assert.Equal(JobState.Cancelled, (await shop.FindAsync(running.Id)).State);
        Assert.All(await shop.Site.ReadAsync(db => db.Jobs.ToListAsync()), job => Assert.Equal(("{}", ""), (job.Parameters, job.Detail)));
        Assert.Equal(0, await shop.AvailableAsync());
        Assert.All(await shop.Site.ReadAsync(db => db.MediaItems.ToListAsync()), item => Assert.NotEqual(MediaState.Kept, item.State));
        await shop.EnsureBooksAsync();
    }

    private static async Task FillAsync(Workshop shop, int count, int from = 0)
    {
        var jobs = new List<Job>();
        for (var n = 0; n < count; n++)
        {
            jobs.Add(await shop.SubmitAsync($"fill-{from + n}"));
            if (n % 10 == 9)
                await shop.EndAsync(jobs[^1]);
        }

        foreach (var job in jobs)
            Assert.Equal(JobState.Done, (await shop.EndAsync(job)).State);
    }

    private static Task<List<Result>> KeptAsync(Workshop shop) => shop.Site.ReadAsync(db => db.Results
        .Where(result => result.UserId == shop.UserId && result.State == ResultState.Kept).OrderBy(result => result.Id).ToListAsync());
}
