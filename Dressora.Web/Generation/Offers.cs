using Dressora.Web.Data;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>What somebody reads before they press the button: the price and the wait of whoever would be asked now.</summary>
/// <param name="IsQuick">A collage made on this server, of tops alone.</param>
/// <param name="IsRehearsal">No maker is connected: what comes is a placeholder, and says so.</param>
public sealed record Offer(string Title, long Price, TimeSpan Wait, TimeSpan? PreviewWait, bool IsRehearsal, bool IsQuick = false);

/// <summary>What was made of the same before, and is still kept.</summary>
public sealed record MadeBefore(string JobId, DateTimeOffset At);

/// <summary>Free answers before any money.</summary>
public sealed class Offers(Database database, ProviderCatalog providers)
{
    /// <summary>Null when nobody could be asked at all.</summary>
    public async Task<Offer?> OfAsync(string tool, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        var models = await db.Models.Where(model => model.Tool == tool && model.IsEnabled)
            .OrderBy(model => model.Position).ThenBy(model => model.Id).ToListAsync(cancel);
        foreach (var model in models)
        {
            if (providers.Find(model.Provider) is { IsReady: true } maker)
                return new Offer(model.Title, model.Price, model.Wait, model.PreviewWait, maker.Traits.IsRehearsal, maker.Traits.IsQuick);
        }

        return null;
    }

    public async Task<MadeBefore?> MadeBeforeAsync(JobOrder order, CancellationToken cancel = default)
    {
        var fingerprint = order.Fingerprint();
        await using var db = database.OpenReader();
        return await db.Jobs
            .Where(job => job.UserId == order.UserId && job.Fingerprint == fingerprint && job.State == JobState.Done)
            .Where(job => db.Results.Any(result => result.JobId == job.Id && result.State == ResultState.Kept))
            .OrderByDescending(job => job.Id).Select(job => new MadeBefore(job.Id, job.CreatedAt)).FirstOrDefaultAsync(cancel);
    }
}
