using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Studio;

/// <summary>A finished thing as a small card.</summary>
public sealed record ResultCard(string JobId, string MediaId, MediaKind Kind, int? Width, int? Height, string Label, DateTimeOffset MadeAt);

/// <summary>A job that is under way.</summary>
public sealed record OpenJob(string Id, string Tool, JobState State, string Label, DateTimeOffset CreatedAt);

/// <summary>What a person made lately and what is being made.</summary>
public static class Results
{
    private const int OpenMax = 20;

    public static async Task<IReadOnlyList<ResultCard>> NewestAsync(DressoraDb db, long userId, int atMost, CancellationToken cancel) =>
        await db.Results.Where(result => result.UserId == userId && result.State == ResultState.Kept)
            .OrderByDescending(result => result.Id).Take(atMost)
            .Join(db.MediaItems, result => result.MediaId, item => item.Id, (result, item) => new { result, item })
            .OrderByDescending(pair => pair.result.Id)
            .Select(pair => new ResultCard(
                pair.result.JobId, pair.item.Id, pair.item.Kind, pair.item.Width, pair.item.Height,
                db.JobInputs.Where(input => input.JobId == pair.result.JobId && input.Role == TryOnTool.Garment)
                    .Join(db.MediaItems, input => input.MediaId, garment => garment.Id, (_, garment) => garment.Label).FirstOrDefault() ?? "",
                pair.result.MadeAt))
            .ToListAsync(cancel);

    public static async Task<IReadOnlyList<OpenJob>> OpenAsync(DressoraDb db, long userId, CancellationToken cancel) =>
        await db.Jobs
            .Where(job => job.UserId == userId && job.State != JobState.Done && job.State != JobState.Cancelled && job.State != JobState.Failed)
            .OrderBy(job => job.Id).Take(OpenMax)
            .Select(job => new OpenJob(
                job.Id, job.Tool, job.State,
                db.JobInputs.Where(input => input.JobId == job.Id && input.Role == TryOnTool.Garment)
                    .Join(db.MediaItems, input => input.MediaId, garment => garment.Id, (_, garment) => garment.Label).FirstOrDefault() ?? "",
                job.CreatedAt))
            .ToListAsync(cancel);
}
