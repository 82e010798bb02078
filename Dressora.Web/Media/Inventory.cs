using System.Globalization;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

/// <summary>What a look at all files found, and put right.</summary>
public sealed record InventoryReport(int Files, int Orphans, int Rows, int Lost, int Ownerless, bool StoppedShort)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(StoppedShort ? "failed: too many files are not in the store, nothing was changed; " : "")}{Files} files, {Orphans} without a row; "
        + $"{Rows} rows, {Lost} without a file, {Ownerless} without an owner");
}

/// <summary>
/// Holds the store against the rows: what a crash left on one side only is put right. A store that seems to have lost much
/// is more likely not the right one, so then nothing is changed and a person looks.
/// </summary>
public sealed partial class Inventory(
    Database database, IBlobStore blobs, MediaStore media, Deletions deletions, TimeProvider clock, ILogger<Inventory> log)
{
    private const int Step = 200;
    private const int LostMax = 20;
    private const double LostShareMax = 0.05;

    /// <summary>Longer than any upload or job takes from its bytes to its row.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public async Task<InventoryReport> CheckAsync(CancellationToken cancel)
    {
        var ownerless = await MarkOwnerlessAsync();
        var (files, orphans) = await MarkOrphansAsync(cancel);
        var (rows, lost) = await FindLostAsync(cancel);
        var stops = lost.Count > LostMax && lost.Count > rows * LostShareMax;
        if (!stops)
            await RecordLostAsync(lost);
        await deletions.SweepAsync(cancel);
        return new InventoryReport(files, orphans, rows, lost.Count, ownerless, stops);
    }

    private async Task<(int Files, int Orphans)> MarkOrphansAsync(CancellationToken cancel)
    {
        var (files, orphans, old) = (0, 0, new List<string>(Step));
        var since = clock.GetUtcNow() - Grace;
        await foreach (var blob in blobs.ListAsync("", cancel))
        {
            files++;
            if (blob.ChangedAt <= since)
                old.Add(blob.Key);
            if (old.Count < Step)
                continue;
            orphans += await MarkOrphansAsync(old);
            old.Clear();
        }

        return (files, orphans + await MarkOrphansAsync(old));
    }

    private Task<int> MarkOrphansAsync(List<string> keys) => keys.Count == 0 ? Task.FromResult(0) : database.WriteAsync(async write =>
    {
        var known = await write.Db.MediaItems.Where(i => keys.Contains(i.BlobKey) && i.State != MediaState.Gone).Select(i => i.BlobKey)
            .Concat(write.Db.MediaDeletions.Where(d => keys.Contains(d.BlobKey) && d.State == DeletionState.Waiting).Select(d => d.BlobKey))
            .ToListAsync();
        var orphans = keys.Except(known).ToList();
        foreach (var key in orphans)
            deletions.Add(write, key, DeletionReason.Orphan);
        return orphans.Count;
    });

    private async Task<(int Rows, List<string> Lost)> FindLostAsync(CancellationToken cancel)
    {
        var (rows, lost, after) = (0, new List<string>(), 0L);
        while (await OwnersAsync(after, cancel) is { Count: > 0 } owners)
        {
            foreach (var owner in owners)
            {
                var there = new HashSet<string>(StringComparer.Ordinal);
                await foreach (var blob in blobs.ListAsync(BlobKeys.Folder(owner), cancel))
                    there.Add(blob.Key);
                var kept = await KeptAsync(owner, cancel);
                rows += kept.Count;
                foreach (var row in kept.Where(row => !there.Contains(row.BlobKey)))
                {
                    // It may have come between the two looks.
                    if (await blobs.FindAsync(row.BlobKey, cancel) is null)
                        lost.Add(row.Id);
                }
            }

            after = owners[^1];
        }

        return (rows, lost);
    }

    private async Task<List<long>> OwnersAsync(long after, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        return await db.MediaItems.Where(i => i.OwnerId > after && i.State == MediaState.Kept).Select(i => i.OwnerId).Distinct()
            .OrderBy(id => id).Take(Step).ToListAsync(cancel);
    }

    private async Task<List<(string Id, string BlobKey)>> KeptAsync(long owner, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        var rows = await db.MediaItems.Where(i => i.OwnerId == owner && i.State == MediaState.Kept)
            .Select(i => new { i.Id, i.BlobKey }).ToListAsync(cancel);
        return [.. rows.Select(row => (row.Id, row.BlobKey))];
    }

    private async Task RecordLostAsync(List<string> lost)
    {
        foreach (var id in lost)
        {
            Log.Lost(log, id);
            await database.WriteAsync(async write =>
            {
                if (await write.Db.MediaItems.SingleOrDefaultAsync(i => i.Id == id && i.State == MediaState.Kept) is not { } item)
                    return;
                deletions.Add(write, item.BlobKey, DeletionReason.Lost).Finish(write.Now);
                item.Vanish(write.Now);
            });
        }
    }

    private Task<int> MarkOwnerlessAsync() => database.WriteAsync(async write =>
    {
        var left = await write.Db.MediaItems
            .Where(i => i.State == MediaState.Kept && !write.Db.Users.Any(user => user.Id == i.OwnerId)).Take(Step).ToListAsync();
        foreach (var item in left)
            await media.MarkAsync(write, item, DeletionReason.Account, TimeSpan.Zero);
        return left.Count;
    });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The bytes of {MediaId} are gone from the store; its row says so now")]
        public static partial void Lost(ILogger logger, string mediaId);
    }
}
