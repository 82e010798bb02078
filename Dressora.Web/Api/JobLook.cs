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
                job.State, job.Version, job.Progress, job.Place, job.Turn, job.PreviewId, job.Price, job.Charged, job.Reason, job.SentAt,
                job.FinishedAt, db.Models.Where(model => model.Id == job.ModelId).Select(model => (long?)model.WaitMs).FirstOrDefault()))
            .SingleOrDefault());

    private static readonly Func<DressoraDb, string, IAsyncEnumerable<string>> Kept = EF.CompileAsyncQuery(
        (DressoraDb db, string id) => db.Results.Where(result => result.JobId == id && result.State == ResultState.Kept)
            .OrderBy(result => result.Position).Select(result => result.MediaId));

    private static readonly Func<DressoraDb, long, Task<int>> Before = EF.CompileAsyncQuery(
        (DressoraDb db, long turn) => db.Jobs.Count(other => other.State == JobState.Queued && other.Turn < turn));

    internal async Task<JobStatus?> AtAsync(long userId, string id, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        if (await Find(db, userId, id) is not { } job)
            return null;
        var finals = new List<string>();
        if (job.State == JobState.Done)
        {
            await foreach (var mediaId in Kept(db, id).WithCancellation(cancel))
                finals.Add("/media/" + mediaId);
        }

        var place = job.State == JobState.Queued ? await Before(db, job.Turn) + 1 : job.Place;
        return new JobStatus(
            id, Word(job.State), job.State.ToString(), job.Version, job.Progress, place, WaitSeconds(job),
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

    private long? WaitSeconds(Row job)
    {
        if (job.WaitMs is not { } usual || job.SentAt is not { } sent || job.FinishedAt is not null)
            return null;
        var left = sent + Model.WaitOf(usual) - clock.GetUtcNow();
        return left > TimeSpan.Zero ? (long)Math.Ceiling(left.TotalSeconds) : 0;
    }

    private sealed record Row(
        JobState State, long Version, int? Progress, int? Place, long Turn, string? PreviewId, long Price, long Charged,
        FailReason? Reason, DateTimeOffset? SentAt, DateTimeOffset? FinishedAt, long? WaitMs);
}

/// <param name="Status">queued, working, done, failed or cancelled.</param>
/// <param name="Stage">The same more exactly.</param>
internal sealed record JobStatus(
    string Id, string Status, string Stage, long Version, int? Progress, int? Place, long? WaitSeconds, string? Preview,
    IReadOnlyList<string> Finals, long Held, long Charged, string? Reason, string? Receipt);
