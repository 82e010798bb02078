using Dressora.Web.Data;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

public abstract record ShareOutcome
{
    private ShareOutcome()
    {
    }

    public sealed record Made(Share Share) : ShareOutcome;

    /// <summary>One result has so many open links already.</summary>
    public sealed record TooMany(int Most) : ShareOutcome;

    public sealed record NotFound : ShareOutcome;
}

/// <summary>A result as a stranger sees it who came by a link.</summary>
/// <param name="IsHidden">Reported in a way that keeps it from sight until an admin has judged.</param>
public sealed record SharedResult(
    long ResultId, long OwnerId, string MediaId, string Sha256, int? Width, int? Height, DateTimeOffset Until, bool IsHidden,
    string Maker = "")
{
    public Reported AsReported => new(Takedown.SubjectOf(ResultId), OwnerId, MediaId, Sha256);
}

/// <summary>Links to results: made, found by whoever has them, taken back.</summary>
public sealed class Shares(Database database, TimeProvider clock)
{
    public const int OpenMax = 10;
    private const int TokenLength = 22;

    public Task<ShareOutcome> MakeAsync(long userId, long resultId, int days) => database.WriteAsync<ShareOutcome>(async write =>
    {
        if (!Share.Days.Contains(days))
            throw new ArgumentOutOfRangeException(nameof(days));
        await History.HoldAsync(write, userId);
        if (!await write.Db.Results.AnyAsync(r => r.Id == resultId && r.UserId == userId && r.State == ResultState.Kept))
            return new ShareOutcome.NotFound();
        if (await Open(write.Db, userId, resultId, write.Now).CountAsync() >= OpenMax)
            return new ShareOutcome.TooMany(OpenMax);
        var share = new Share(resultId, userId, days, write.Now);
        write.Db.Shares.Add(share);
        return new ShareOutcome.Made(share);
    });

    public Task<bool> RevokeAsync(long userId, long resultId, long shareId) => database.WriteAsync(async write =>
    {
        var share = await write.Db.Shares.SingleOrDefaultAsync(s => s.Id == shareId && s.ResultId == resultId && s.UserId == userId);
        share?.Revoke(write.Now);
        return share is not null;
    });

    /// <summary>The links to one of their results that work now, the newest first.</summary>
    public async Task<IReadOnlyList<Share>> OpenOfAsync(long userId, long resultId, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await Open(db, userId, resultId, clock.GetUtcNow()).OrderByDescending(s => s.Id).ToListAsync(cancel);
    }

    /// <summary>Null for whatever is not shown: never made, taken back, over, or its result or its owner has gone.</summary>
    public async Task<SharedResult?> FindAsync(string token, CancellationToken cancel = default)
    {
        if (token.Length != TokenLength)
            return null;
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        var found = await (
            from share in db.Shares
            join result in db.Results on share.ResultId equals result.Id
            join item in db.MediaItems on result.MediaId equals item.Id
            join owner in db.Users on share.UserId equals owner.Id
            join job in db.Jobs on result.JobId equals job.Id
            from model in db.Models.Where(model => model.Id == job.ModelId).DefaultIfEmpty()
            where share.Token == token && share.RevokedAt == null && share.ExpiresAt > now
            where result.State == ResultState.Kept && item.State == MediaState.Kept
            where owner.SuspendedAt == null && owner.DeletionDueAt == null
            select new SharedResult(
                result.Id, owner.Id, item.Id, item.Sha256, item.Width, item.Height, share.ExpiresAt, false, model == null ? "" : model.Provider))
            .SingleOrDefaultAsync(cancel);
        return found is null ? null : found with { IsHidden = await Reports.HideAsync(db, Takedown.SubjectOf(found.ResultId), cancel) };
    }

    private static IQueryable<Share> Open(DressoraDb db, long userId, long resultId, DateTimeOffset now) =>
        db.Shares.Where(s => s.ResultId == resultId && s.UserId == userId && s.RevokedAt == null && s.ExpiresAt > now);
}
