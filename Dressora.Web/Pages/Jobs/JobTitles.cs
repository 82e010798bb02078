using System.Text.Json.Nodes;
using Dressora.Web.Data;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Jobs;

/// <param name="IsTyped">Whether these are the person's own words.</param>
/// <param name="Tool">What it was made with.</param>
public sealed record JobTitle(string Text, bool IsTyped, string Tool);

/// <summary>What a job is called: the garment as its owner named it, the words they asked with, or the tool.</summary>
public static class JobTitles
{
    private const int TextMax = 60;
    private const string GarmentRole = TryOnTool.Garment;

    public static async Task<IReadOnlyDictionary<string, JobTitle>> OfAsync(
        DressoraDb db, Toolbox toolbox, IStringLocalizer<Words> words, IEnumerable<string> jobIds, CancellationToken cancel)
    {
        var ids = jobIds.Distinct().ToList();
        var jobs = await db.Jobs.Where(job => ids.Contains(job.Id)).Select(job => new { job.Id, job.Tool, job.Parameters }).ToListAsync(cancel);
        var garments = await (
            from input in db.JobInputs
            join item in db.MediaItems on input.MediaId equals item.Id
            where ids.Contains(input.JobId) && input.Role == GarmentRole
            select new { input.JobId, item.Label }).ToListAsync(cancel);
        var labels = garments.DistinctBy(garment => garment.JobId).ToDictionary(garment => garment.JobId, garment => garment.Label);
        return jobs.ToDictionary(job => job.Id, job =>
        {
            var tool = toolbox.Find(job.Tool);
            var title = tool is null ? job.Tool : words[tool.Title].Value;
            var typed = labels.GetValueOrDefault(job.Id) is { Length: > 0 } label ? label : Asked(tool, job.Parameters);
            return new JobTitle(typed ?? title, typed is not null, title);
        });
    }

    private static string? Asked(Tool? tool, string parameters) =>
        JsonNode.Parse(parameters) is JsonObject asked && tool?.WordsOf(asked) is { Length: > 0 } text
            ? text.Length > TextMax ? text[..TextMax].TrimEnd() + "…" : text
            : null;
}
