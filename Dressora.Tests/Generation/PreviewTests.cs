using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>An early picture lives no longer than what it announced.</summary>
public sealed class PreviewTests
{
    private static readonly Snapshot Early = new(SnapshotState.Running, 40, Preview: new ProviderOutput(null, Drawing.Png()));

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task It_goes_at_once_when_its_job_is_called_off(Engine engine)
    {
        await using var shop = await Workshop.OpenAsync(engine);
        var before = await BytesAsync(shop);
        var job = await ShownAsync(shop);
        Assert.True(await BytesAsync(shop) > before);

        await shop.Generator.CancelAsync(shop.UserId, job.Id);

        Assert.NotEqual(MediaState.Kept, await StateAsync(shop, job.PreviewId!));
        Assert.Equal(before, await BytesAsync(shop));
        Assert.Null((await shop.FindAsync(job.Id)).PreviewId);
    }

    [Fact]
    public async Task It_goes_at_once_when_its_job_fails()
    {
        await using var shop = await Workshop.OpenAsync();
        var job = await ShownAsync(shop);
        shop.Maker.OnPoll = _ => Snapshot.Failed(ScriptedMaker.Down);

        Assert.Equal(JobState.Failed, (await shop.EndAsync(job)).State);

        Assert.NotEqual(MediaState.Kept, await StateAsync(shop, job.PreviewId!));
    }

    [Fact]
    public async Task It_leaves_with_the_last_result_of_its_job_and_comes_back_with_it()
    {
        await using var shop = await Workshop.OpenAsync();
        var history = shop.Site.Services.GetRequiredService<History>();
        shop.Maker.OnPoll = _ => Early;
        var order = new JobOrder(shop.UserId, "two", "try-on", JobKind.TryOn, [], [], Count: 2);
        var asked = Assert.IsType<SubmitOutcome.Submitted>(await shop.Generator.SubmitAsync(order)).Job;
        var preview = (await shop.UntilAsync(asked.Id, now => now.State == JobState.Previewed)).PreviewId!;
        shop.Maker.OnPoll = _ => ScriptedMaker.Made(2);
        Assert.Equal(JobState.Done, (await shop.EndAsync(asked)).State);
        var results = await shop.Site.ReadAsync(db => db.Results.OrderBy(result => result.Id).ToListAsync());

        await history.RemoveAsync(shop.UserId, results[0].Id);
        Assert.Equal(MediaState.Kept, await StateAsync(shop, preview));
        await history.RemoveAsync(shop.UserId, results[1].Id);
        Assert.Equal(MediaState.Deleting, await StateAsync(shop, preview));
        Assert.True(await history.BringBackAsync(shop.UserId, results[0].Id));
        Assert.Equal(MediaState.Kept, await StateAsync(shop, preview));
        await history.RemoveAsync(shop.UserId, results[0].Id);

        shop.Site.Clock.Advance(History.Grace + TimeSpan.FromMinutes(5));
        await shop.Site.Services.GetRequiredService<Deletions>().SweepAsync(CancellationToken.None);
        Assert.Equal(MediaState.Gone, await StateAsync(shop, preview));
    }

    private static async Task<Job> ShownAsync(Workshop shop)
    {
        shop.Maker.OnPoll = _ => Early;
        return await shop.UntilAsync((await shop.SubmitAsync()).Id, now => now.State == JobState.Previewed);
    }

    private static Task<long> BytesAsync(Workshop shop) => shop.Site.Services.GetRequiredService<MediaStore>().BytesOfAsync(shop.UserId);

    private static Task<MediaState> StateAsync(Workshop shop, string id) =>
        shop.Site.ReadAsync(db => db.MediaItems.Where(item => item.Id == id).Select(item => item.State).SingleAsync());
}
