using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <param name="Waiting">Jobs that somebody is about to take a step with.</param>
/// <param name="Broken">Jobs that ended otherwise than their hold.</param>
public sealed record JobFigures(long Jobs, long Waiting, long Broken);

/// <summary>Every job held against what the ledger knows of it.</summary>
public sealed class JobBook(Database database, TimeProvider clock)
{
    public async Task<JobFigures> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        var waiting = await db.Jobs.LongCountAsync(job => job.State == JobState.Queued, cancel)
            + await db.Jobs.LongCountAsync(
                job => (job.State == JobState.Sending || job.State == JobState.Saving)
                    || ((job.State == JobState.Working || job.State == JobState.Previewed) && (job.Worker != null || job.DueAt <= now)),
                cancel);
        var pairs = db.Jobs.GroupJoin(db.CreditHolds, job => "job:" + job.Id, hold => hold.Reference, (job, holds) => new { job, holds })
            .SelectMany(pair => pair.holds.DefaultIfEmpty(), (pair, hold) => new { pair.job, hold });
        var broken = await pairs.LongCountAsync(
            pair => pair.hold == null || pair.hold.Charged != pair.job.Charged
                || (pair.job.State == JobState.Done) != (pair.hold.State == HoldState.Settled)
                || (pair.job.State == JobState.Failed || pair.job.State == JobState.Cancelled) != (pair.hold.State == HoldState.Released),
            cancel);
        return new JobFigures(await db.Jobs.LongCountAsync(cancel), waiting, broken);
    }
}
