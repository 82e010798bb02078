using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

/// <summary>
/// The files people own. Bytes go to the store first and a row follows in the write that makes them true, so a floor above
/// keeps a result in the same commit that finishes its job; bytes whose row never came are found and deleted at night.
/// </summary>
public sealed class MediaStore(Database database, IBlobStore blobs, Deletions deletions)
{
    private readonly Func<DressoraDb, string, CancellationToken, Task<MediaItem?>> _kept = EF.CompileAsyncQuery(
        (DressoraDb db, string id, CancellationToken _) =>
            db.MediaItems.SingleOrDefault(item => item.Id == id && item.State == MediaState.Kept));

    /// <summary>Puts bytes where nobody sees them yet, and measures them on the way.</summary>
    public async Task<StoredFile> StoreAsync(
        long ownerId, string id, string blobKey, string type, Stream content, string? sourceSha256, CancellationToken cancel)
    {
        var measure = new Measure();
        await using (var measured = measure.Over(content))
            await blobs.PutAsync(blobKey, measured, type, cancel);
        var sha256 = measure.Sha256();
        return new StoredFile(id, ownerId, blobKey, type, FileTypes.Kind(type), measure.Count, sha256, sourceSha256 ?? sha256);
    }

    /// <summary>Makes stored bytes somebody's file, in this write or not at all.</summary>
    public MediaItem Keep(Write write, StoredFile file, Purpose purpose, string label = "", bool isClaimed = true)
    {
        var item = new MediaItem(file, purpose, isClaimed, label, write.Now);
        write.Db.MediaItems.Add(item);
        return item;
    }

    /// <summary>Bytes whose row was refused after all.</summary>
    public Task DropAsync(StoredFile file) =>
        database.WriteAsync(write => deletions.Add(write, file.BlobKey, DeletionReason.Orphan), CancellationToken.None);

    /// <summary>
    /// From the commit on nobody reaches the file; its bytes go after the grace. False for what is not theirs or not there.
    /// </summary>
    public async Task<bool> MarkAsync(Write write, long ownerId, string id, DeletionReason reason, TimeSpan grace = default)
    {
        await HoldAsync(write, ownerId);
        var item = await write.Db.MediaItems.SingleOrDefaultAsync(i => i.Id == id && i.OwnerId == ownerId);
        return item is not null && await MarkAsync(write, item, reason, grace);
    }

    /// <summary>Undoes a mark within its grace.</summary>
    public async Task<bool> RestoreAsync(Write write, long ownerId, string id)
    {
        await HoldAsync(write, ownerId);
        var item = await write.Db.MediaItems.SingleOrDefaultAsync(i => i.Id == id && i.OwnerId == ownerId);
        return item is { State: MediaState.Deleting } && await Deletions.TakeBackAsync(write, item.BlobKey) && item.Unmark();
    }

    /// <summary>Everything a person has, when they go.</summary>
    public async Task MarkAllAsync(Write write, long ownerId)
    {
        await HoldAsync(write, ownerId);
        foreach (var item in await write.Db.MediaItems.Where(i => i.OwnerId == ownerId && i.State == MediaState.Kept).ToListAsync())
            await MarkAsync(write, item, DeletionReason.Account, TimeSpan.Zero);
        // What an eviction still kept for a day goes now as well.
        await deletions.HurryAsync(write, ownerId);
        await write.Db.MediaStatements.Where(s => s.UserId == ownerId).ExecuteDeleteAsync();
        await write.Db.MediaExports.Where(e => e.UserId == ownerId).ExecuteDeleteAsync();
    }

    public Task<bool> DeleteAsync(long ownerId, string id) =>
        database.WriteAsync(write => MarkAsync(write, ownerId, id, DeletionReason.Asked));

    public Task<bool> RenameAsync(long ownerId, string id, string label) => database.WriteAsync(async write =>
    {
        var item = await write.Db.MediaItems.SingleOrDefaultAsync(i => i.Id == id && i.OwnerId == ownerId && i.State == MediaState.Kept);
        item?.Rename(label);
        return item is not null;
    });

    /// <summary>A kept file of theirs; null for anything else, whosever it is.</summary>
    public async Task<MediaItem?> FindAsync(long ownerId, string id, CancellationToken cancel = default) =>
        await FindAsync(id, cancel) is { } item && item.OwnerId == ownerId ? item : null;

    /// <summary>A kept file of anybody; for whoever has proved by other means that they may see it.</summary>
    public async Task<MediaItem?> FindAsync(string id, CancellationToken cancel = default)
    {
        if (!BlobKeys.IsId(id))
            return null;
        await using var db = database.OpenReader();
        return await _kept(db, id, cancel);
    }

    /// <summary>What they uploaded and meant to keep, the last used first.</summary>
    public async Task<IReadOnlyList<MediaItem>> OfAsync(long ownerId, Purpose purpose, int atMost, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.MediaItems
            .Where(i => i.OwnerId == ownerId && i.Purpose == purpose && i.State == MediaState.Kept && i.IsClaimed)
            .OrderByDescending(i => i.UsedAt).ThenBy(i => i.Id).Take(atMost).ToListAsync(cancel);
    }

    /// <summary>What they sent last and did not claim yet.</summary>
    public async Task<MediaItem?> WaitingAsync(long ownerId, Purpose purpose, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.MediaItems
            .Where(i => i.OwnerId == ownerId && i.Purpose == purpose && i.State == MediaState.Kept && !i.IsClaimed)
            .OrderByDescending(i => i.CreatedAt).FirstOrDefaultAsync(cancel);
    }

    /// <summary>The bytes; throws <see cref="StoreFailedException"/> when a kept file's bytes are not there.</summary>
    public async Task<Stream> OpenAsync(MediaItem item, long from = 0, long? count = null, CancellationToken cancel = default) =>
        await blobs.OpenAsync(item.BlobKey, from, count ?? item.Bytes - from, cancel)
        ?? throw new StoreFailedException($"The bytes of {item.Id} are not where they were put.");

    public async Task<long> BytesOfAsync(long ownerId, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await UsedAsync(db, ownerId, cancel);
    }

    internal static Task<long> UsedAsync(DressoraDb db, long ownerId, CancellationToken cancel = default) => db.MediaItems
        .Where(i => i.OwnerId == ownerId && i.State == MediaState.Kept && i.Purpose != Purpose.Export).SumAsync(i => i.Bytes, cancel);

    /// <summary>Until the write ends nobody else changes which files this person has.</summary>
    internal static Task HoldAsync(Write write, long ownerId) => write.HoldAsync($"media {ownerId}");

    internal async Task<bool> MarkAsync(Write write, MediaItem item, DeletionReason reason, TimeSpan grace)
    {
        if (!item.Mark(write.Now))
            return false;
        // The same bytes may be somebody's person and garment both: they go with the last of the two.
        if (await write.Db.MediaItems.AnyAsync(i => i.BlobKey == item.BlobKey && i.Id != item.Id && i.State == MediaState.Kept))
            item.Vanish(write.Now);
        else
            deletions.Add(write, item.BlobKey, reason, grace);
        await write.SaveAsync();
        return true;
    }
}
