using Dressora.Web.Data;
using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

public enum ResultState
{
    Kept,

    /// <summary>Out of the history; it can be brought back for a day.</summary>
    Leaving,
    Gone,
}

/// <summary>One thing that was made, in somebody's history.</summary>
public sealed class Result
{
    public long Id { get; private set; }
    public required string JobId { get; init; }
    public required long UserId { get; init; }
    public required int Position { get; init; }
    public required string MediaId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public ResultState State { get; private set; }
    public bool IsPinned { get; private set; }
    public DateTimeOffset? LeftAt { get; private set; }

    internal void Pin(bool isPinned) => IsPinned = isPinned;

    internal void Leave(DateTimeOffset now) => (State, LeftAt) = (ResultState.Leaving, now);

    internal void ComeBack(DateTimeOffset now) => (State, LeftAt) = (ResultState.Kept, null);

    internal void Vanish() => State = ResultState.Gone;
}

/// <summary>The newest results of each person; the oldest that is not pinned makes room, and can be brought back for a day.</summary>
public sealed class History(Database database, MediaStore media)
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

    public Task<bool> PinAsync(long userId, long resultId, bool isPinned) => database.WriteAsync(async write =>
    {
        await HoldAsync(write, userId);
        if (await FindAsync(write, userId, resultId) is not { State: ResultState.Kept } result)
            return false;
        if (isPinned && await write.Db.Results.CountAsync(r => r.UserId == userId && r.State == ResultState.Kept && r.IsPinned) >= PinnedMax)
            return false;
        result.Pin(isPinned);
        await write.SaveAsync();
        await MakeRoomAsync(write, userId);
        return true;
    });

    public Task<bool> RemoveAsync(long userId, long resultId) => database.WriteAsync(async write =>
    {
        await HoldAsync(write, userId);
        if (await FindAsync(write, userId, resultId) is not { State: ResultState.Kept } result)
            return false;
        await LetGoAsync(write, result, DeletionReason.Asked);
        return true;
    });

    /// <summary>Within its day, and where the bytes are still there.</summary>
    public Task<bool> BringBackAsync(long userId, long resultId) => database.WriteAsync(async write =>
    {
        await HoldAsync(write, userId);
        if (await FindAsync(write, userId, resultId) is not { State: ResultState.Leaving } result
            || !await media.RestoreAsync(write, userId, result.MediaId))
            return false;
        result.ComeBack(write.Now);
        await write.SaveAsync();
        if (await PreviewOfAsync(write, result) is { } preview)
            await media.RestoreAsync(write, userId, preview);
        await MakeRoomAsync(write, userId, except: resultId);
        return true;
    });

    /// <summary>Results whose day is over; says how many.</summary>
    public Task<int> SweepAsync() => database.WriteAsync(async write =>
    {
        var before = write.Now - Grace;
        var over = await write.Db.Results.Where(r => r.State == ResultState.Leaving && r.LeftAt <= before).Take(200).ToListAsync();
        over.ForEach(result => result.Vanish());
        return over.Count;
    });

    private async Task MakeRoomAsync(Write write, long userId, long except = 0)
    {
        var unpinned = await write.Db.Results.Where(r => r.UserId == userId && r.State == ResultState.Kept && !r.IsPinned)
            .OrderByDescending(r => r.Id == except).ThenByDescending(r => r.Id).Skip(UnpinnedMax).ToListAsync();
        foreach (var result in unpinned)
            await LetGoAsync(write, result, DeletionReason.Evicted);
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

    private static Task<string?> PreviewOfAsync(Write write, Result result) =>
        write.Db.Jobs.Where(job => job.Id == result.JobId).Select(job => job.PreviewId).SingleOrDefaultAsync();

    private static Task HoldAsync(Write write, long userId) => write.HoldAsync($"history of {userId}");

    private static Task<Result?> FindAsync(Write write, long userId, long resultId) =>
        write.Db.Results.SingleOrDefaultAsync(r => r.Id == resultId && r.UserId == userId);
}
