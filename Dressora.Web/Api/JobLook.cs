using System.Data.Common;
using Dressora.Web.Data;
using Dressora.Web.Generation;

namespace Dressora.Web.Api;

/// <summary>How a job stands, for whoever asks again and again.</summary>
internal sealed class JobLook(Glances glances, Places places, TimeProvider clock)
{
    private const string Find =
        "SELECT state, version, progress, place, turn, preview_id, price, charged, reason, sent_at, finished_at, "
        + "(SELECT wait_ms FROM models WHERE models.id = jobs.model_id) FROM jobs WHERE id = @id AND user_id = @user";
    private const string Kept = "SELECT media_id FROM results WHERE job_id = @id AND state = 'Kept' ORDER BY position";

    internal async Task<JobStatus?> AtAsync(long userId, string id, CancellationToken cancel)
    {
        if (await glances.RowAsync(Find, Row.Read, cancel, ("@id", id), ("@user", userId)) is not { } job)
            return null;
        IReadOnlyList<string> finals = job.State == JobState.Done
            ? await glances.RowsAsync(Kept, row => "/media/" + row.GetString(0), cancel, ("@id", id))
            : [];
        var place = await places.OfAsync(job.State, job.Turn, cancel) ?? job.Place;
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
        FailReason? Reason, DateTimeOffset? SentAt, DateTimeOffset? FinishedAt, long? WaitMs)
    {
        internal static Row Read(DbDataReader row) => new(
            Enum.Parse<JobState>(row.GetString(0)), row.GetInt64(1), (int?)Number(row, 2), (int?)Number(row, 3), row.GetInt64(4),
            row.IsDBNull(5) ? null : row.GetString(5), row.GetInt64(6), row.GetInt64(7),
            row.IsDBNull(8) ? null : Enum.Parse<FailReason>(row.GetString(8)), Instant(row, 9), Instant(row, 10), Number(row, 11));

        private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

        private static DateTimeOffset? Instant(DbDataReader row, int column) =>
            Number(row, column) is { } microseconds ? InstantConverter.FromMicroseconds(microseconds) : null;
    }
}

/// <param name="Status">queued, working, done, failed or cancelled.</param>
/// <param name="Stage">The same more exactly.</param>
internal sealed record JobStatus(
    string Id, string Status, string Stage, long Version, int? Progress, int? Place, long? WaitSeconds, string? Preview,
    IReadOnlyList<string> Finals, long Held, long Charged, string? Reason, string? Receipt);
