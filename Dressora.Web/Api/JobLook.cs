using Dressora.Web.Data;
using Dressora.Web.Generation;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Api;

/// <summary>How a job stands, for whoever asks again and again.</summary>
internal sealed class JobLook(Database database, TimeProvider clock)
{
    private static readonly Func<DressoraDb, long, string, Task<Row?>> Find = EF.CompileAsyncQuery(
        (DressoraDb db, long userId, string id) => db.Jobs.Where(job => job.Id == id && job.UserId == userId)
            .Select(job => new Row(
                job.State, job.Version, job.ModelId, job.Progress, job.Place, job.Turn, job.PreviewId, job.Price, job.Charged, job.Reason,
                job.SentAt, job.FinishedAt))
            .SingleOrDefault());

    internal async Task<JobStatus?> AtAsync(long userId, string id, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        if (await Find(db, userId, id) is not { } job)
            return null;
        var finals = job.State != JobState.Done ? []
            : await db.Results.Where(result => result.JobId == id && result.State == ResultState.Kept).OrderBy(result => result.Position)
                .Select(result => "/media/" + result.MediaId).ToListAsync(cancel);
        var place = job.State != JobState.Queued ? job.Place
            : await db.Jobs.CountAsync(other => other.State == JobState.Queued && other.Turn < job.Turn, cancel) + 1;
        var model = job.ModelId is null ? null : await db.Models.SingleOrDefaultAsync(model => model.Id == job.ModelId, cancel);
        return new JobStatus(
            id, Word(job.State), job.State.ToString(), job.Version, job.Progress, place, WaitSeconds(job, model),
            job.PreviewId is { } preview ? "/media/" + preview : null, finals, job.Price, job.Charged, job.Reason?.ToString(),
            job.State is JobState.Done or JobState.Failed or JobState.Cancelled ? "/credits/" + Uri.EscapeDataString("job:" + id) : null);
    }

    /// <summary>What a program acts on: four words, whatever the stages in between.</summary>
    private static string Word(JobState state) => state switch
    {
        JobState.Done => "done",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        JobState.Queued => "queued",
        _ => "working",
    };

    private long? WaitSeconds(Row job, Model? model)
    {
        if (model is null || job.SentAt is not { } sent || job.FinishedAt is not null)
            return null;
        var left = sent + model.Wait - clock.GetUtcNow();
        return left > TimeSpan.Zero ? (long)Math.Ceiling(left.TotalSeconds) : 0;
    }

    private sealed record Row(
        JobState State, long Version, long? ModelId, int? Progress, int? Place, long Turn, string? PreviewId, long Price, long Charged,
        FailReason? Reason, DateTimeOffset? SentAt, DateTimeOffset? FinishedAt);
}

/// <param name="Status">queued, working, done, failed or cancelled.</param>
/// <param name="Stage">The same more exactly.</param>
internal sealed record JobStatus(
    string Id, string Status, string Stage, long Version, int? Progress, int? Place, long? WaitSeconds, string? Preview,
    IReadOnlyList<string> Finals, long Held, long Charged, string? Reason, string? Receipt);
