using Dressora.Web.Media;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

public sealed record Tab(string Key, string Title, IReadOnlyList<Piece> Pieces);

/// <summary>A shelf by what lies on it: nothing is offered that would be empty.</summary>
public static class Tabs
{
    public const string All = "all";
    public const string Removed = "removed";
    private const string Pinned = "pinned";

    public static IEnumerable<Tab> Of(Shelf shelf, GalleryWords say, IStringLocalizer<Words> words)
    {
        yield return new(All, words["All"], shelf.Kept);
        foreach (var kind in shelf.Kept.GroupBy(piece => piece.Kind).OrderBy(kind => kind.Key))
            yield return new(KeyOf(kind.Key), say.Kind(kind.Key), [.. kind]);
        if (shelf.Kept.Where(piece => piece.IsPinned).ToList() is { Count: > 0 } pinned)
            yield return new(Pinned, words["Pinned"], pinned);
        if (shelf.Leaving.Count > 0)
            yield return new(Removed, words["Removed"], shelf.Leaving);
    }

    private static string KeyOf(MediaKind kind) => kind switch
    {
        MediaKind.Film => "clips",
        MediaKind.Sound => "sound",
        _ => "pictures",
    };
}
