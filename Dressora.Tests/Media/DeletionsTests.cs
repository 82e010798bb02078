using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Media;

/// <summary>Mark, delete, record; and again when the store does not let go.</summary>
public sealed class DeletionsTests : IAsyncLifetime
{
    private Site _site = null!;
    private long _asha;

    private FaultyStore Store => (FaultyStore)_site.Services.GetRequiredService<IBlobStore>();
    private MediaStore Media => _site.Services.GetRequiredService<MediaStore>();

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync(adjust: builder =>
        {
            // A test says itself when the house deletes.
            builder.Services.Remove(builder.Services.Single(one => one.ImplementationType == typeof(DeletionWorker)));
            FaultyStore.Install(builder.Services);
        });
        _asha = (await _site.PersonAsync()).Id;
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task A_deleted_file_leaves_a_record_and_nothing_else()
    {
        var photo = await _site.PhotoAsync(_asha, label: "Me");
        await Media.DeleteAsync(_asha, photo.Id);
        await SweepAsync();

        var item = await ItemAsync(photo.Id);
        Assert.Equal((MediaState.Gone, "", "", ""), (item.State, item.Label, item.Sha256, item.SourceSha256));
        var record = await RecordAsync();
        Assert.Equal((DeletionState.Done, DeletionReason.Asked, FakeClock.Start), (record.State, record.Reason, record.DoneAt));
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task A_store_that_does_not_let_go_is_asked_again_and_again_and_then_a_person_is()
    {
        await Media.DeleteAsync(_asha, (await _site.PhotoAsync(_asha)).Id);
        Store.DeletesFail = 6;
        var tries = 0;
        foreach (var minutes in new[] { 0, 1, 5, 30, 120, 720 })
        {
            if (minutes > 0)
            {
                _site.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
                await SweepAsync();
                Assert.Equal(tries, (await RecordAsync()).Attempts);
                _site.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await SweepAsync();
            Assert.Equal(++tries, (await RecordAsync()).Attempts);
        }

        Assert.Equal(1, await _site.Services.GetRequiredService<Deletions>().WorryingAsync());
        var admin = await _site.AdminAsync();
        Assert.Contains("One file cannot be deleted", (await admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
        var page = await admin.GetAsync("/admin/deletions");
        Assert.Contains("does not let go", page.Text, StringComparison.Ordinal);
        await admin.SubmitAsync(page, "form[action='/admin/deletions/all']");
        await SweepAsync();
        Assert.Equal(DeletionState.Done, (await RecordAsync()).State);
        Assert.DoesNotContain("cannot be deleted", (await admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_quick_tries_it_is_tried_every_day()
    {
        await Media.DeleteAsync(_asha, (await _site.PhotoAsync(_asha)).Id);
        Store.DeletesFail = 8;
        for (var i = 0; i < 6; i++)
        {
            await SweepAsync();
            _site.Clock.Advance(TimeSpan.FromHours(12));
        }

        Assert.Equal(6, (await RecordAsync()).Attempts);
        await SweepAsync();
        Assert.Equal(6, (await RecordAsync()).Attempts);
        _site.Clock.Advance(TimeSpan.FromHours(12));
        await SweepAsync();
        Assert.Equal(7, (await RecordAsync()).Attempts);
    }

    [Fact]
    public async Task A_file_that_is_gone_already_is_deleted_all_the_same()
    {
        var photo = await _site.PhotoAsync(_asha);
        await Store.DeleteAsync(photo.BlobKey, default);
        await Media.DeleteAsync(_asha, photo.Id);
        await SweepAsync();

        Assert.Equal(MediaState.Gone, (await ItemAsync(photo.Id)).State);
    }

    [Fact]
    public async Task What_was_evicted_can_be_brought_back_for_a_day_and_then_not()
    {
        var (back, gone) = (await _site.FileAsync(_asha, [1, 2, 3]), await _site.FileAsync(_asha, [4, 5, 6]));
        foreach (var item in new[] { back, gone })
            Assert.True(await _site.Database.WriteAsync(write => Media.MarkAsync(write, _asha, item.Id, DeletionReason.Evicted, TimeSpan.FromHours(24))));
        Assert.Null(await Media.FindAsync(_asha, back.Id));
        await SweepAsync();
        Assert.Equal(2, (await KeysAsync()).Count);

        Assert.True(await _site.Database.WriteAsync(write => Media.RestoreAsync(write, _asha, back.Id)));
        _site.Clock.Advance(TimeSpan.FromHours(24));
        Assert.False(await _site.Database.WriteAsync(write => Media.RestoreAsync(write, _asha, gone.Id)));
        await SweepAsync();

        Assert.Equal([back.BlobKey], await KeysAsync());
        Assert.NotNull(await Media.FindAsync(_asha, back.Id));
    }

    [Fact]
    public async Task An_account_that_goes_takes_every_file_with_it()
    {
        await _site.PhotoAsync(_asha);
        await _site.PhotoAsync(_asha, 2, Purpose.Garment);
        var evicted = await _site.FileAsync(_asha, [1, 2, 3]);
        await _site.Database.WriteAsync(write => Media.MarkAsync(write, _asha, evicted.Id, DeletionReason.Evicted, TimeSpan.FromHours(24)));
        var stays = await _site.PhotoAsync((await _site.PersonAsync("ben@example.org")).Id);
        var departures = _site.Services.GetRequiredService<Departures>();
        await _site.SignInAsync();
        var session = await _site.ReadAsync(db => db.Sessions.Where(s => s.UserId == _asha).Select(s => s.Id).FirstAsync());
        await departures.AskAsync(_asha, session);
        _site.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(1, await departures.SweepAsync());
        await SweepAsync();

        Assert.Equal([stays.BlobKey], await KeysAsync());
        Assert.Equal(1, await _site.ReadAsync(db => db.MediaStatements.CountAsync()));
    }

    [Fact]
    public async Task What_nobody_claimed_goes_after_a_day()
    {
        var uploads = _site.Services.GetRequiredService<Uploads>();
        using var content = new MemoryStream(Photos.Of());
        var kept = (Uploaded.Kept)await uploads.TakeAsync(_asha, content, new UploadWish(Purpose.Person, Claims: false), default);
        _site.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await uploads.SweepAsync());
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await uploads.SweepAsync());
        await SweepAsync();

        Assert.Equal(MediaState.Gone, (await ItemAsync(kept.Item.Id)).State);
    }

    [Fact]
    public async Task A_store_that_takes_nothing_costs_the_person_nothing()
    {
        var uploads = _site.Services.GetRequiredService<Uploads>();
        var wish = new UploadWish(Purpose.Person, States: true);
        Store.PutsFail = 1;
        Assert.IsType<Uploaded.StoreDown>(await uploads.TakeAsync(_asha, new MemoryStream(Photos.Of()), wish, default));
        Store.NextPutBreaksOff = true;
        Assert.IsType<Uploaded.StoreDown>(await uploads.TakeAsync(_asha, new MemoryStream(Photos.Of()), wish, default));
        Assert.Equal(0, await _site.ReadAsync(db => db.MediaItems.CountAsync()));

        _site.Clock.Advance(TimeSpan.FromHours(25));
        await _site.Services.GetRequiredService<Inventory>().CheckAsync(default);
        Assert.Empty(await KeysAsync());
        Assert.IsType<Uploaded.Kept>(await uploads.TakeAsync(_asha, new MemoryStream(Photos.Of()), wish, default));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_the_file_is_there_later()
    {
        var photo = await _site.PhotoAsync(_asha);
        var browser = await _site.SignInAsync();
        Store.OpensFail = 2;

        foreach (var path in new[] { MediaAddresses.Of(photo.Id), MediaAddresses.Of(photo.Id, 160) })
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(MediaAddresses.Of(photo.Id))).Status);
    }

    [Fact]
    public async Task The_quota_is_kept_when_many_come_at_once()
    {
        await using var small = await Site.StartAsync(settings: "Media:QuotaMegabytes=1");
        var person = (await small.PersonAsync()).Id;
        var uploads = small.Services.GetRequiredService<Uploads>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => uploads.TakeAsync(
            person, new MemoryStream(Photos.Of(700, 700, 1_000 + i * 37)), new UploadWish(Purpose.Person, States: true), default))));

        Assert.Contains(outcomes, outcome => outcome is Uploaded.Kept);
        Assert.Contains(outcomes, outcome => outcome is Uploaded.Full { QuotaMegabytes: 1 });
        Assert.True(await small.Services.GetRequiredService<MediaStore>().BytesOfAsync(person) <= 1024 * 1024);
    }

    private Task SweepAsync() => _site.Services.GetRequiredService<Deletions>().SweepAsync(CancellationToken.None);

    private Task<Deletion> RecordAsync() => _site.ReadAsync(db => db.MediaDeletions.SingleAsync());

    private Task<MediaItem> ItemAsync(string id) => _site.ReadAsync(db => db.MediaItems.SingleAsync(item => item.Id == id));

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var blob in Store.ListAsync("", default))
            keys.Add(blob.Key);
        return keys;
    }
}
