using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Dressora.Web.Moderation;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

public abstract record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    public sealed record MadeGood(long Credits, DateTimeOffset Until) : ClaimOutcome;

    /// <summary>The month's automatic ones are used up: an admin looks at it.</summary>
    public sealed record Waits : ClaimOutcome;

    /// <summary>Said before, and how that stands.</summary>
    public sealed record Before(ResultClaim Claim) : ClaimOutcome;

    public sealed record TooLate : ClaimOutcome;

    /// <summary>A free use of the day paid for it, or nobody: there is nothing to give back.</summary>
    public sealed record Free : ClaimOutcome;

    public sealed record NotFound : ClaimOutcome;
}

/// <summary>Results that are not what was asked for: a few each month are made good at once, the others an admin judges.</summary>
public sealed class Claims(Database database, CreditLedger ledger, Verdicts verdicts)
{
    public const int AutomaticMax = 3;
    public static readonly TimeSpan Within = TimeSpan.FromHours(24);
    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    public Task<ClaimOutcome> MakeAsync(long userId, string jobId, ClaimReason reason, string words) => database.WriteAsync<ClaimOutcome>(async write =>
    {
        await write.HoldAsync($"claims of {userId}");
        if (await JobRows.FindAsync(write, jobId) is not { State: JobState.Done } job || job.UserId != userId)
            return new ClaimOutcome.NotFound();
        if (await write.Db.ResultClaims.SingleOrDefaultAsync(c => c.JobId == jobId) is { } before)
            return new ClaimOutcome.Before(before);
        if (job.Scope != Scopes.Any || job.Charged == 0)
            return new ClaimOutcome.Free();
        if (write.Now >= job.FinishedAt + Within)
            return new ClaimOutcome.TooLate();
        var waits = await AutomaticAsync(write.Db, userId, write.Now) >= AutomaticMax;
        var claim = new ResultClaim(job, reason, words, waits, write.Now);
        write.Db.ResultClaims.Add(claim);
        await write.SaveAsync();
        return waits ? new ClaimOutcome.Waits() : new ClaimOutcome.MadeGood(claim.Amount, await GiveAsync(write, claim, Command.System));
    });

    /// <summary>How many were made good at once in this month, by UTC.</summary>
    public static Task<int> AutomaticAsync(DressoraDb db, long userId, DateTimeOffset now)
    {
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return db.ResultClaims.CountAsync(c => c.UserId == userId && c.State == ClaimState.Automatic && c.MadeAt >= month);
    }

    /// <summary>False when somebody judged it before.</summary>
    public Task<bool> JudgeAsync(string jobId, bool isGranted, string answer, long actorId) => database.WriteAsync(async write =>
    {
        await write.HoldAsync($"claim {jobId}");
        var claim = await write.Db.ResultClaims.SingleOrDefaultAsync(c => c.JobId == jobId);
        if (claim is null || !claim.Judge(isGranted, actorId, answer, write.Now))
            return false;
        write.Audit(actorId, isGranted ? "grant a claim" : "refuse a claim", $"person {claim.UserId}", $"job:{jobId}: {answer}");
        await write.SaveAsync();
        if (isGranted)
        {
            await GiveAsync(write, claim, $"admin {actorId}");
            await verdicts.MadeGoodAsync(write, claim.UserId, jobId, claim.Amount, answer);
        }
        else
            await verdicts.RefusedAsync(write, claim.UserId, jobId, answer);
        return true;
    });

    private async Task<DateTimeOffset> GiveAsync(Write write, ResultClaim claim, string actor)
    {
        var until = write.Now + Life;
        var order = new GrantOrder(
            claim.UserId, Category.Compensation, claim.Amount, write.Now, until, claim.Source, $"job:{claim.JobId} was not what was asked for");
        return await ledger.GrantAsync(write, order, actor) is Granted
            ? until
            : throw new InvalidOperationException($"{claim.Source} gave its credits before.");
    }
}
