using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Pages.Jobs;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <param name="GoesAfter">How many more results it outlasts, the last of them not; 0 for what is pinned or leaving.</param>
public sealed record Piece(
    long Id, string JobId, string MediaId, MediaKind Kind, int? Width, int? Height, ResultState State, bool IsPinned,
    DateTimeOffset MadeAt, DateTimeOffset? LeftAt)
{
    public int GoesAfter { get; init; }
}

public sealed record Card(Piece Piece, JobTitle Title);

/// <summary>A person's results as they lie now: at most a hundred and some, so they are read whole and counted here.</summary>
public sealed class Shelf
{
    private Shelf(IReadOnlyList<Piece> kept, IReadOnlyList<Piece> leaving) => (Kept, Leaving) = (kept, leaving);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Piece> Kept { get; }

    /// <summary>What can still be brought back, the last removed first.</summary>
    public IReadOnlyList<Piece> Leaving { get; }
    public int Unpinned => Kept.Count(piece => !piece.IsPinned);
    public Piece? NextToGo => Kept.LastOrDefault(piece => !piece.IsPinned);

    public static async Task<Shelf> ReadAsync(DressoraDb db, long userId, DateTimeOffset now, CancellationToken cancel)
    {
        var since = now - History.Grace;
        var pieces = await (
            from result in db.Results
            join item in db.MediaItems on result.MediaId equals item.Id
            where result.UserId == userId
            where result.State == ResultState.Kept || (result.State == ResultState.Leaving && result.LeftAt > since)
            orderby result.Id descending
            select new Piece(
                result.Id, result.JobId, item.Id, item.Kind, item.Width, item.Height, result.State, result.IsPinned, result.MadeAt, result.LeftAt))
            .ToListAsync(cancel);
        var rank = 0;
        var kept = pieces.Where(piece => piece.State == ResultState.Kept)
            .Select(piece => piece.IsPinned ? piece : piece with { GoesAfter = Math.Max(1, History.UnpinnedMax - rank++) }).ToList();
        return new Shelf(kept, [.. pieces.Where(piece => piece.State == ResultState.Leaving).OrderByDescending(piece => piece.LeftAt)]);
    }

    public static async Task<IReadOnlyList<Card>> CardsAsync(
        DressoraDb db, Toolbox toolbox, IStringLocalizer<Words> words, IReadOnlyList<Piece> pieces, CancellationToken cancel)
    {
        var titles = await JobTitles.OfAsync(db, toolbox, words, pieces.Select(piece => piece.JobId), cancel);
        return [.. pieces.Select(piece => new Card(piece, titles[piece.JobId]))];
    }
}
