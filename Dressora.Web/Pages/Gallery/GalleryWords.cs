using System.Globalization;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Dressora.Web.Media;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <summary>Results in words for the person they belong to, and by that person's clock.</summary>
public sealed class GalleryWords(IStringLocalizer<Words> words, string zone, DateTimeOffset now)
{
    public string Day(DateTimeOffset instant)
    {
        var local = Zone.At(instant, zone);
        return local.ToString(local.Year == Zone.At(now, zone).Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);
    }

    public string Minute(DateTimeOffset instant) =>
        $"{Day(instant)}, {Zone.At(instant, zone).ToString("HH:mm", CultureInfo.CurrentCulture)}";

    public string Kind(MediaKind kind) => kind switch
    {
        MediaKind.Film => words["Clips"],
        MediaKind.Sound => words["Sound"],
        _ => words["Pictures"],
    };

    /// <summary>When it goes, as far as that is known.</summary>
    public string Stay(Piece piece) => piece switch
    {
        { State: ResultState.Leaving, LeftAt: { } left } => words["Until {0}", Minute(left + History.Grace)],
        { IsPinned: true } => words["Pinned, stays"],
        { GoesAfter: 1 } => words["Goes with the next one"],
        _ => words["Goes when you make {0} more", piece.GoesAfter],
    };

    /// <summary>What goes next, from shortly before the shelf is full; null while there is room.</summary>
    public string? Warning(int kept, Card? next) => (History.UnpinnedMax - kept, next) switch
    {
        ( > 2, _) or (_, null) => null,
        (0, var oldest) => words["The shelf is full. The next result puts away {0} of {1}. Pin it, and the one after it goes instead.", oldest.Title.Text, Day(oldest.Piece.MadeAt)].Value,
        (1, var oldest) => words["One more result fits. After it {0} of {1} goes; pin what is to stay.", oldest.Title.Text, Day(oldest.Piece.MadeAt)].Value,
        (var left, var oldest) => words["{0} more results fit. After them {1} of {2} goes; pin what is to stay.", left, oldest.Title.Text, Day(oldest.Piece.MadeAt)].Value,
    };

    public string Removed(int count) => count == 1
        ? words["Removed. It can be brought back for 24 hours."]
        : words["{0} removed. They can be brought back for 24 hours.", count];

    public string Back(int count, int asked) => (count, asked) switch
    {
        (0, _) => words["Its day was over, or it is back already. Nothing changed."],
        (1, 1) => words["It is back."],
        _ when count == asked => words["{0} are back.", count],
        _ => words["{0} of {1} are back; the day of the others was over.", count, asked],
    };
}
