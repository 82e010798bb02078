using Dressora.Tests.Harness;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Dressora.Tests.Generation;

/// <summary>A result that cannot be kept: tried again, and then nobody pays.</summary>
public sealed class StoreFaultTests
{
    [Theory]
    [InlineData(1, JobState.Done)]
    [InlineData(5, JobState.Done)]
    [InlineData(1_000, JobState.Failed)]
    public async Task A_store_that_fails_is_tried_six_times(int failures, JobState end)
    {
        var left = 0;
        await using var shop = await Workshop.OpenAsync(adjust: builder =>
        {
            var inner = builder.Services.Last(service => service.ServiceType == typeof(IBlobStore));
            builder.Services.Replace(ServiceDescriptor.Singleton<IBlobStore>(services => new FailingStore(
                (IBlobStore)(inner.ImplementationFactory?.Invoke(services) ?? ActivatorUtilities.CreateInstance(services, inner.ImplementationType!)),
                () => Interlocked.Decrement(ref left) >= 0)));
        });
        left = failures;

        var job = await shop.EndAsync(await shop.SubmitAsync(), TimeSpan.FromSeconds(5));

        Assert.Equal(end, job.State);
        Assert.Equal(end == JobState.Failed ? FailReason.Storage : null, job.Reason);
        Assert.Equal(end == JobState.Failed ? 1_000 : 980, await shop.AvailableAsync());
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task Of_four_results_two_are_paid_when_two_are_good()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => new Snapshot(SnapshotState.Succeeded, Finals:
        [
            new(null, Drawing.Png()), new(null, "no"u8.ToArray()), new(null, Drawing.Png()), new(null, "no"u8.ToArray()),
        ]);
        var order = new JobOrder(shop.UserId, "four", "try-on", JobKind.TryOn, [], [], Count: 4);

        var asked = Assert.IsType<SubmitOutcome.Submitted>(await shop.Generator.SubmitAsync(order));
        var job = await shop.EndAsync(asked.Job);

        Assert.Equal((JobState.Done, 80, 40), (job.State, job.Price, job.Charged));
        Assert.Equal(960, await shop.AvailableAsync());
        Assert.Equal(2, await shop.Site.ReadAsync(db => db.Results.CountAsync()));
        await shop.EnsureBooksAsync();
    }

    [Fact]
    public async Task An_early_picture_is_shown_and_costs_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        var looks = 0;
        shop.Maker.OnPoll = _ => ++looks switch
        {
            1 => new Snapshot(SnapshotState.Running, 40, Preview: new ProviderOutput(null, Drawing.Png())),
            < 4 => ScriptedMaker.Running(80),
            _ => ScriptedMaker.Made(),
        };
        var job = await shop.SubmitAsync();

        var shown = await shop.UntilAsync(job.Id, now => now.State == JobState.Previewed);
        var done = await shop.EndAsync(job);

        Assert.NotNull(shown.PreviewId);
        Assert.Equal((JobState.Done, 20), (done.State, done.Charged));
        var preview = await shop.Site.ReadAsync(db => db.MediaItems.SingleAsync(item => item.Id == shown.PreviewId));
        Assert.Equal((Purpose.Preview, "image/webp"), (preview.Purpose, preview.Type));
    }

    [Fact]
    public async Task Cancelling_gives_everything_back_at_once()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var job = await shop.SubmitAsync();
        await shop.UntilAsync(job.Id, now => now.State == JobState.Working);

        Assert.Equal(CancelOutcome.Cancelled, await shop.Generator.CancelAsync(shop.UserId, job.Id));

        Assert.Equal(1_000, await shop.AvailableAsync());
        Assert.Equal(CancelOutcome.TooLate, await shop.Generator.CancelAsync(shop.UserId, job.Id));
        await shop.EnsureBooksAsync();
    }

    private sealed class FailingStore(IBlobStore inner, Func<bool> fails) : IBlobStore
    {
        public async Task PutAsync(string key, Stream content, string type, CancellationToken cancel)
        {
            if (key.Contains("/job_", StringComparison.Ordinal) && fails())
                throw new StoreFailedException("No.");
            await inner.PutAsync(key, content, type, cancel);
        }

        public Task<Blob?> FindAsync(string key, CancellationToken cancel) => inner.FindAsync(key, cancel);

        public Task<Stream?> OpenAsync(string key, long from, long count, CancellationToken cancel) => inner.OpenAsync(key, from, count, cancel);

        public Task DeleteAsync(string key, CancellationToken cancel) => inner.DeleteAsync(key, cancel);

        public IAsyncEnumerable<Blob> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

        public Uri? PresignPut(string key, string type, TimeSpan lifetime) => inner.PresignPut(key, type, lifetime);

        public Uri? PresignGet(string key, TimeSpan lifetime) => inner.PresignGet(key, lifetime);
    }
}
