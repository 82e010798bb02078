using Dressora.Web.Data;
using Dressora.Web.Media;
using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>The newest results of each person; the oldest that is not pinned makes room, and can be brought back for a day.</summary>
public sealed class History(Database database, MediaStore media, NoticeBoard board)
{
    public const int UnpinnedMax = 30;
    public const int PinnedMax = 100;
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>In the write that finishes their job.</summary>
    internal async Task AddAsync(Write write, Job job, IReadOnlyList<MediaItem> items)
    {
        await HoldAsync(write, job.UserId);
        for (var i = 0; i < items.Count; i++)
        {
            write.Db.Results.Add(new Result
            {
                JobId = job.Id,
                UserId = job.UserId,
                Position = i,
                MediaId = items[i].Id,
                MadeAt = write.Now,
            });
        }

        await write.SaveAsync();
        await MakeRoomAsync(write, job.UserId);
    }

    public Task<PinOutcome> PinAsync(long userId, long resultId, bool isPinned) => database.WriteAsync(async write =>
    {
        await HoldAsync(write, userId);
        if (await FindAsync(write, userId, resultId) is not { State: ResultState.Kept } result)
            return PinOutcome.NotFound;
        if (isPinned && !result.IsPinned && await PinnedAsync(write, userId) >= PinnedMax)
            return PinOutcome.TooMany;
        result.Pin(isPinned);
        await write.SaveAsync();
        await MakeRoomAsync(write, userId);
        return result.State == ResultState.Kept ? PinOutcome.Done : PinOutcome.Left;
    });

    public async Task<bool> RemoveAsync(long userId, long resultId) => await RemoveAsync(userId, [resultId]) is { Count: 1 };

    /// <summary>Those that went now; null, and nothing happens, when one of them is not theirs.</summary>
    public Task<IReadOnlyList<long>?> RemoveAsync(long userId, IReadOnlyCollection<long> ids) =>
        EachAsync(userId, ids, async (write, result) =>
        {
            if (result.State != ResultState.Kept)
                return false;
            await LetGoAsync(write, result, DeletionReason.Asked);
            return true;
        });

    public async Task<bool> BringBackAsync(long userId, long resultId) => await BringBackAsync(userId, [resultId]) is { Count: 1 };

    /// <summary>Within their day, and where the bytes are still there. What comes back is not what makes room.</summary>
    public Task<IReadOnlyList<long>?> BringBackAsync(long userId, IReadOnlyCollection<long> ids) =>
        EachAsync(userId, ids, async (write, result) =>
        {
            if (result.State != ResultState.Leaving || !await media.RestoreAsync(write, userId, result.MediaId))
                return false;
            result.ComeBack(write.Now);
            await write.SaveAsync();
            if (await PreviewOfAsync(write, result) is { } preview)
                await media.RestoreAsync(write, userId, preview);
            await MakeRoomAsync(write, userId, ids);
            return true;
        });

    /// <summary>Results whose day is over; says how many.</summary>
    public Task<int> SweepAsync() => database.WriteAsync(async write =>
    {
        var before = write.Now - Grace;
        var over = await write.Db.Results.Where(r => r.State == ResultState.Leaving && r.LeftAt <= before).Take(200).ToListAsync();
        over.ForEach(result => result.Vanish());
        var ids = over.ConvertAll(result => result.Id);
        await write.Db.Shares.Where(share => ids.Contains(share.ResultId)).ExecuteDeleteAsync();
        return over.Count;
    });

    private Task<IReadOnlyList<long>?> EachAsync(long userId, IReadOnlyCollection<long> ids, Func<Write, Result, Task<bool>> act) =>
        database.WriteAsync<IReadOnlyList<long>?>(async write =>
        {
            await HoldAsync(write, userId);
            var results = await write.Db.Results.Where(r => ids.Contains(r.Id) && r.UserId == userId).OrderBy(r => r.Id).ToListAsync();
            if (results.Count != ids.Distinct().Count())
                return null;
            var done = new List<long>();
            foreach (var result in results)
            {
                if (await act(write, result))
                    done.Add(result.Id);
            }

            return done;
        });

    private async Task MakeRoomAsync(Write write, long userId, IReadOnlyCollection<long>? except = null)
    {
        var spared = except ?? [];
        var unpinned = await write.Db.Results.Where(r => r.UserId == userId && r.State == ResultState.Kept && !r.IsPinned)
            .OrderByDescending(r => spared.Contains(r.Id)).ThenByDescending(r => r.Id).Skip(UnpinnedMax).ToListAsync();
        foreach (var result in unpinned)
            await LetGoAsync(write, result, DeletionReason.Evicted);
        if (unpinned.Count > 0)
            await board.PutUpAsync(write, userId, NoticeKind.Evicted, "/history?show=removed");
    }

    private async Task LetGoAsync(Write write, Result result, DeletionReason reason)
    {
        result.Leave(write.Now);
        await write.SaveAsync();
        await media.MarkAsync(write, result.UserId, result.MediaId, reason, Grace);
        // The early picture goes with the last that was made of it.
        if (await PreviewOfAsync(write, result) is { } preview
            && !await write.Db.Results.AnyAsync(r => r.JobId == result.JobId && r.State == ResultState.Kept))
            await media.MarkAsync(write, result.UserId, preview, reason, Grace);
    }

    internal static Task<string?> PreviewOfAsync(Write write, Result result) =>
        write.Db.Jobs.Where(job => job.Id == result.JobId).Select(job => job.PreviewId).SingleOrDefaultAsync();

    private static Task<int> PinnedAsync(Write write, long userId) =>
        write.Db.Results.CountAsync(r => r.UserId == userId && r.State == ResultState.Kept && r.IsPinned);

    internal static Task HoldAsync(Write write, long userId) => write.HoldAsync($"history of {userId}");

    private static Task<Result?> FindAsync(Write write, long userId, long resultId) =>
        write.Db.Results.SingleOrDefaultAsync(r => r.Id == resultId && r.UserId == userId);
}
