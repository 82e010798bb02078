using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

/// <summary>Copies of everything a person has here: asked for, packed one after the other, fetched, thrown away.</summary>
public sealed partial class Exports(
    Database database, MediaStore media, ExportPacker packer, TimeProvider clock, ILogger<Exports> log) : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);
    private static readonly TimeSpan PackingMax = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _rung = new(0, 1);

    public Task<ExportAsked> AskAsync(long userId) => database.WriteAsync(async write =>
    {
        await MediaStore.HoldAsync(write, userId);
        var last = await write.Db.MediaExports.Where(e => e.UserId == userId).OrderByDescending(e => e.Id).FirstOrDefaultAsync();
        if (last is { IsOpen: true })
            return ExportAsked.Already;
        if (last is { State: ExportState.Ready } && last.AskedAt > write.Now - Between)
            return ExportAsked.TooSoon;
        write.Db.MediaExports.Add(new Export(userId, write.Now));
        write.AfterCommit(Ring);
        return ExportAsked.Asked;
    });

    public async Task<Export?> LatestAsync(long userId, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.MediaExports.Where(e => e.UserId == userId).OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Packs the oldest that waits; false when none does.</summary>
    public async Task<bool> PackNextAsync(CancellationToken cancel)
    {
        if (await LeaseAsync() is not { } export)
            return false;
        try
        {
            var stored = await packer.PackAsync(export.UserId, (done, all) => ReachAsync(export.Id, done, all), cancel);
            var isKept = await database.WriteAsync(write => FinishAsync(write, export.Id, stored), CancellationToken.None);
            if (!isKept)
                await media.DropAsync(stored);
        }
        catch (Exception e) when (e is StoreFailedException or IOException or UnauthorizedAccessException)
        {
            Log.Failed(log, export.Id, e);
            await database.WriteAsync(write => FailAsync(write, export.Id, e.GetType().Name), CancellationToken.None);
        }

        return true;
    }

    /// <summary>Copies a week old go; whoever wants another asks again.</summary>
    public Task<int> SweepAsync() => database.WriteAsync(async write =>
    {
        var since = write.Now - Export.Kept;
        var old = await write.Db.MediaExports.Where(e => e.State == ExportState.Ready && e.FinishedAt <= since).ToListAsync();
        foreach (var export in old)
        {
            await media.MarkAsync(write, export.UserId, export.MediaId!, DeletionReason.Expired);
            export.Vanish();
        }

        return old.Count;
    });

    public void Dispose() => _rung.Dispose();

    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _rung.WaitAsync(atMost, cancel);

    private void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Rung already: one look finds every copy that waits.
        }
    }

    private async Task<Export?> LeaseAsync()
    {
        var now = clock.GetUtcNow();
        if (!await database.AnyAsync($"SELECT 1 FROM media_exports WHERE state IN ('Waiting', 'Working') AND due_at <= {now} LIMIT 1"))
            return null;
        return await database.WriteAsync(async write =>
        {
            await write.HoldAsync("exports");
            var due = await write.Db.MediaExports
                .Where(e => (e.State == ExportState.Waiting || e.State == ExportState.Working) && e.DueAt <= write.Now)
                .OrderBy(e => e.DueAt).FirstOrDefaultAsync();
            due?.Lease(write.Now + PackingMax);
            return due;
        });
    }

    private Task ReachAsync(long id, int done, int all) => database.WriteAsync(async write =>
        (await write.Db.MediaExports.SingleOrDefaultAsync(e => e.Id == id))?.Reach(done, all, write.Now + PackingMax));

    /// <summary>False when the person left, or another one finished it, meanwhile.</summary>
    private async Task<bool> FinishAsync(Write write, long id, StoredFile stored)
    {
        await MediaStore.HoldAsync(write, stored.OwnerId);
        var export = await write.Db.MediaExports.SingleOrDefaultAsync(e => e.Id == id);
        if (export is not { IsOpen: true } || !await write.Db.Users.AnyAsync(user => user.Id == export.UserId))
            return false;
        export.Finish(media.Keep(write, stored, Purpose.Export).Id, write.Now);
        return true;
    }

    private static async Task FailAsync(Write write, long id, string error) =>
        (await write.Db.MediaExports.SingleOrDefaultAsync(e => e.Id == id))?.Fail(error, write.Now);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Copy {ExportId} was not packed; it is tried three times")]
        public static partial void Failed(ILogger logger, long exportId, Exception e);
    }
}
