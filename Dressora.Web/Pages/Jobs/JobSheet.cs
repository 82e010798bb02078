using System.Collections.Immutable;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Jobs;

/// <summary>All that a job's page shows of it, read at one moment.</summary>
public sealed record JobSheet(
    Job Job, Model? Maker, int? Place, IReadOnlyList<JobStep> Steps, IReadOnlyDictionary<string, MediaItem> Inputs,
    IReadOnlyList<ShownResult> Results, MediaItem? Preview, DateTimeOffset Now)
{
    /// <summary>The stages that people see, in their order.</summary>
    public static readonly ImmutableArray<JobState> Order = [JobState.Queued, JobState.Sending, JobState.Working, JobState.Saving, JobState.Done];

    public MediaItem? Person => Inputs.GetValueOrDefault(TryOnTool.Person);
    public MediaItem? Garment => Inputs.GetValueOrDefault(TryOnTool.Garment);

    /// <summary>
    /// Everything whose change is news; a poll that knows it gets nothing. Not the version: every look at the maker is one.
    /// </summary>
    public string Tag => TagOf(Job.State, Place, Pace);
    public int Pace => Pacing.Of(Now - Job.CreatedAt);

    /// <summary>Since the maker has it, or since it waits.</summary>
    public int Seconds => (int)Math.Max(0, ((Job.FinishedAt ?? Now) - (Job.SentAt ?? Job.CreatedAt)).TotalSeconds);
    public int UsualSeconds => (int)(Maker?.Wait.TotalSeconds ?? 60);
    public bool IsLate => !Job.IsOver && Job.SentAt is not null && Seconds > 2 * UsualSeconds;

    public static string TagOf(JobState state, int? place, int pace) => $"{state}-{place}-{pace}";

    /// <summary>Where the job is on its way: 0 for the queue, 4 for done.</summary>
    public int Stage => Order.IndexOf(Job.State == JobState.Previewed ? JobState.Working : Job.State);

    /// <summary>How long it stood at that stage the last time; null for one it has not left.</summary>
    public TimeSpan? TimeAt(int stage)
    {
        var came = Steps.LastOrDefault(step => step.To == Order[stage].ToString());
        var left = came is null ? null : Steps.FirstOrDefault(step => step.Id > came.Id && step.To != JobState.Previewed.ToString());
        return left is null ? null : left.At - came!.At;
    }

    public static async Task<JobSheet?> ReadAsync(
        DressoraDb db, Places places, long userId, string id, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Jobs.SingleOrDefaultAsync(job => job.Id == id && job.UserId == userId, cancel) is not { } job)
            return null;
        var inputs = await db.JobInputs.Where(input => input.JobId == id)
            .Join(db.MediaItems, input => input.MediaId, item => item.Id, (input, item) => new { input.Role, item })
            .Where(pair => pair.item.State == MediaState.Kept).ToDictionaryAsync(pair => pair.Role, pair => pair.item, cancel);
        var results = await db.Results.Where(result => result.JobId == id).OrderBy(result => result.Position)
            .Join(db.MediaItems, result => result.MediaId, item => item.Id, (result, item) => new ShownResult(result, item)).ToListAsync(cancel);
        return new JobSheet(
            job, await db.Models.SingleOrDefaultAsync(model => model.Id == job.ModelId, cancel), await places.OfAsync(job.State, job.Turn, cancel),
            await db.JobSteps.Where(step => step.JobId == id).OrderBy(step => step.Id).ToListAsync(cancel), inputs, results,
            await db.MediaItems.SingleOrDefaultAsync(item => item.Id == job.PreviewId && item.State == MediaState.Kept, cancel), now);
    }

    /// <summary>What a poll needs to know that nothing is new; null for a job that is not theirs.</summary>
    public static async Task<string?> TagAsync(
        DressoraDb db, Places places, long userId, string id, DateTimeOffset now, CancellationToken cancel)
    {
        var job = await db.Jobs.Where(job => job.Id == id && job.UserId == userId)
            .Select(job => new { job.State, job.Turn, job.CreatedAt }).SingleOrDefaultAsync(cancel);
        return job is null ? null : TagOf(job.State, await places.OfAsync(job.State, job.Turn, cancel), Pacing.Of(now - job.CreatedAt));
    }
}

/// <summary>One result and its file, kept or leaving.</summary>
public sealed record ShownResult(Result Result, MediaItem Item)
{
    public bool IsKept => Result.State == ResultState.Kept;
    public DateTimeOffset? Until => Result.LeftAt + History.Grace;
}

/// <summary>How often a page that waits asks again: less often the longer it takes.</summary>
public static class Pacing
{
    public static int Of(TimeSpan age) => age.TotalSeconds switch
    {
        < 30 => 2,
        < 120 => 5,
        _ => 10,
    };
}
