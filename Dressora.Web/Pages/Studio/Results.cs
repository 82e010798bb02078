using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Pages.Jobs;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Studio;

/// <summary>A finished thing as a small card.</summary>
public sealed record ResultCard(string JobId, string MediaId, int? Width, int? Height, DateTimeOffset MadeAt, JobTitle Title);

/// <summary>A job that is under way.</summary>
public sealed record OpenJob(string Id, JobState State, DateTimeOffset CreatedAt, JobTitle Title);

/// <summary>What a person made lately and what is being made.</summary>
public static class Results
{
    private const int OpenMax = 20;

    public static async Task<IReadOnlyList<ResultCard>> NewestAsync(
        DressoraDb db, Toolbox toolbox, IStringLocalizer<Words> words, long userId, int atMost, CancellationToken cancel)
    {
        var newest = await db.Results.Where(result => result.UserId == userId && result.State == ResultState.Kept)
            .Join(db.MediaItems, result => result.MediaId, item => item.Id, (result, item) => new { result, item })
            .OrderByDescending(pair => pair.result.Id).Take(atMost).ToListAsync(cancel);
        var titles = await JobTitles.OfAsync(db, toolbox, words, newest.Select(pair => pair.result.JobId), cancel);
        return
        [
            .. newest.Select(pair => new ResultCard(
                pair.result.JobId, pair.item.Id, pair.item.Width, pair.item.Height, pair.result.MadeAt, titles[pair.result.JobId])),
        ];
    }

    public static async Task<IReadOnlyList<OpenJob>> OpenAsync(
        DressoraDb db, Toolbox toolbox, IStringLocalizer<Words> words, long userId, CancellationToken cancel)
    {
        var open = await db.Jobs
            .Where(job => job.UserId == userId && job.State != JobState.Done && job.State != JobState.Cancelled && job.State != JobState.Failed)
            .OrderBy(job => job.Id).Take(OpenMax).Select(job => new { job.Id, job.State, job.CreatedAt }).ToListAsync(cancel);
        var titles = await JobTitles.OfAsync(db, toolbox, words, open.Select(job => job.Id), cancel);
        return [.. open.Select(job => new OpenJob(job.Id, job.State, job.CreatedAt, titles[job.Id]))];
    }
}
