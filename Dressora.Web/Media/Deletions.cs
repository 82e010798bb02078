using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

/// <summary>Deletes what was marked, again and again until it is gone, and keeps the record. Twice is harmless.</summary>
public sealed partial class Deletions(
    Database database, IBlobStore blobs, Variants variants, DeletionBell bell, TimeProvider clock, ILogger<Deletions> log)
{
    private const int Step = 50;
    private static readonly TimeSpan DeletingMax = TimeSpan.FromMinutes(5);

    /// <summary>Deletes what is due now; says how many blobs went.</summary>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var gone = 0;
        while (!cancel.IsCancellationRequested && await LeaseAsync() is { Count: > 0 } due)
        {
            foreach (var deletion in due)
                gone += await DeleteAsync(deletion, cancel) ? 1 : 0;
        }

        return gone;
    }

    /// <summary>Tries one again now, though it would wait.</summary>
    public Task<bool> AgainAsync(long id, long actorId) => database.WriteAsync(async write =>
    {
        var deletion = await write.Db.MediaDeletions.SingleOrDefaultAsync(d => d.Id == id);
        if (deletion is null || !deletion.TryAgain(write.Now))
            return false;
        write.Audit(actorId, "delete again", $"deletion {id}");
        write.AfterCommit(bell.Ring);
        return true;
    });

    /// <summary>Tries everything again that failed before; says how many.</summary>
    public Task<int> AgainAllAsync(long actorId) => database.WriteAsync(async write =>
    {
        var failed = await write.Db.MediaDeletions.Where(d => d.State == DeletionState.Waiting && d.Attempts > 0).ToListAsync();
        foreach (var deletion in failed)
            deletion.TryAgain(write.Now);
        write.Audit(actorId, "delete again", "everything that failed");
        write.AfterCommit(bell.Ring);
        return failed.Count;
    });

    /// <summary>Those that failed six times and more, and wait for a person.</summary>
    public async Task<int> WorryingAsync()
    {
        await using var db = database.OpenReader();
        return await db.MediaDeletions.CountAsync(d => d.State == DeletionState.Waiting && d.Attempts > Deletion.Pauses.Count);
    }

    internal Deletion Add(Write write, string key, DeletionReason reason, TimeSpan grace = default)
    {
        var deletion = new Deletion(key, reason, write.Now, grace);
        write.Db.MediaDeletions.Add(deletion);
        if (grace == TimeSpan.Zero)
            write.AfterCommit(bell.Ring);
        return deletion;
    }

    /// <summary>False when the bytes went or are going.</summary>
    internal static async Task<bool> TakeBackAsync(Write write, string key)
    {
        var waiting = await write.Db.MediaDeletions.Where(d => d.BlobKey == key && d.State == DeletionState.Waiting).ToListAsync();
        if (waiting.Count == 0 || waiting.Any(d => d.Attempts > 0 || d.DueAt <= write.Now || d.Reason == DeletionReason.Account))
            return false;
        write.Db.MediaDeletions.RemoveRange(waiting);
        return true;
    }

    internal async Task HurryAsync(Write write, long ownerId)
    {
        var folder = BlobKeys.Folder(ownerId);
        foreach (var deletion in await write.Db.MediaDeletions
            .Where(d => d.BlobKey.StartsWith(folder) && d.State == DeletionState.Waiting && d.Attempts == 0).ToListAsync())
            deletion.TryAgain(write.Now);
        write.AfterCommit(bell.Ring);
    }

    private async Task<bool> DeleteAsync(Deletion deletion, CancellationToken cancel)
    {
        string? error = null;
        try
        {
            await blobs.DeleteAsync(deletion.BlobKey, cancel);
        }
        catch (StoreFailedException e)
        {
            error = e.Message;
            Log.Failed(log, deletion.Id, deletion.Attempts + 1);
        }

        foreach (var id in await database.WriteAsync(write => RecordAsync(write, deletion.Id, error), CancellationToken.None))
            variants.Forget(id);
        return error is null;
    }

    /// <summary>Those whose file went with the blob.</summary>
    private static async Task<IReadOnlyList<string>> RecordAsync(Write write, long id, string? error)
    {
        var deletion = await write.Db.MediaDeletions.SingleAsync(d => d.Id == id);
        if (deletion.State == DeletionState.Done)
            return [];
        if (error is not null)
        {
            deletion.Fail(error, write.Now);
            return [];
        }

        deletion.Finish(write.Now);
        var items = await write.Db.MediaItems.Where(i => i.BlobKey == deletion.BlobKey && i.State == MediaState.Deleting).ToListAsync();
        foreach (var item in items)
            item.Vanish(write.Now);
        return [.. items.Select(item => item.Id)];
    }

    private async Task<IReadOnlyList<Deletion>> LeaseAsync()
    {
        var now = clock.GetUtcNow();
        if (!await database.AnyAsync($"SELECT 1 FROM media_deletions WHERE state = 'Waiting' AND due_at <= {now} LIMIT 1"))
            return [];
        return await database.WriteAsync(async write =>
        {
            await write.HoldAsync("deletions");
            var due = await write.Db.MediaDeletions.Where(d => d.State == DeletionState.Waiting && d.DueAt <= write.Now)
                .OrderBy(d => d.DueAt).Take(Step).ToListAsync();
            foreach (var deletion in due)
                deletion.Lease(write.Now + DeletingMax);
            return due;
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Deletion {DeletionId} failed, try {Try}; Admin, Deletions says why")]
        public static partial void Failed(ILogger logger, long deletionId, int @try);
    }
}
