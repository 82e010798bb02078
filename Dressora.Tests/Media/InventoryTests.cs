using Dressora.Tests.Harness;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Media;

/// <summary>The nightly look: no file without a row, no row without a file.</summary>
public sealed class InventoryTests : IAsyncLifetime
{
    private Site _site = null!;
    private long _asha;

    private IBlobStore Store => _site.Services.GetRequiredService<IBlobStore>();

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _asha = (await _site.PersonAsync()).Id;
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Where_all_is_well_nothing_is_touched()
    {
        await _site.PhotoAsync(_asha);
        await _site.FileAsync(_asha, [1, 2, 3]);
        _site.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(new InventoryReport(Files: 2, Orphans: 0, Rows: 2, Lost: 0, Ownerless: 0, StoppedShort: false), await CheckAsync());
    }

    [Fact]
    public async Task A_file_without_a_row_goes_when_it_has_waited_a_day()
    {
        await Store.PutAsync("user_1/upload_x.webp", new MemoryStream([1]), FileTypes.Webp, default);
        _site.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await CheckAsync()).Orphans);
        _site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await CheckAsync()).Orphans);
        await _site.DeletedAsync();

        Assert.Null(await Store.FindAsync("user_1/upload_x.webp", default));
        Assert.Equal(DeletionReason.Orphan, await _site.ReadAsync(db => db.MediaDeletions.Select(d => d.Reason).SingleAsync()));
    }

    [Fact]
    public async Task A_row_without_a_file_says_so_and_is_told_to_the_log()
    {
        var photo = await _site.PhotoAsync(_asha);
        await _site.PhotoAsync(_asha, 2);
        await Store.DeleteAsync(photo.BlobKey, default);

        Assert.Equal(1, (await CheckAsync()).Lost);
        Assert.Equal(MediaState.Gone, await _site.ReadAsync(db => db.MediaItems.Where(i => i.Id == photo.Id).Select(i => i.State).SingleAsync()));
        Assert.Contains(_site.Log.Troubles, line => line.Text.Contains(photo.Id, StringComparison.Ordinal));
        Assert.Equal(0, (await CheckAsync()).Lost);
    }

    [Fact]
    public async Task A_store_that_seems_to_have_lost_most_is_believed_by_nobody()
    {
        for (byte i = 0; i < 25; i++)
            await _site.FileAsync(_asha, [i]);
        Directory.Move(_site.Folder.Media, _site.Folder.Media + "-unplugged");

        var report = await CheckAsync();

        Assert.True(report is { StoppedShort: true, Lost: 25 });
        Assert.StartsWith("failed", report.ToString(), StringComparison.Ordinal);
        Directory.Move(_site.Folder.Media + "-unplugged", _site.Folder.Media);
        Assert.Equal(0, (await CheckAsync()).Lost);
    }

    [Fact]
    public async Task What_came_for_an_account_that_went_goes_too()
    {
        await _site.FileAsync(4_711, [1, 2, 3]);

        Assert.Equal(1, (await CheckAsync()).Ownerless);
        await _site.DeletedAsync();
        Assert.Equal(new InventoryReport(0, 0, 0, 0, 0, false), await CheckAsync());
    }

    private Task<InventoryReport> CheckAsync() => _site.Services.GetRequiredService<Inventory>().CheckAsync(default);
}
