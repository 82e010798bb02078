using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <summary>What a person made: what is kept, what goes next, and what can be brought back.</summary>
[Authorize(Doors.Person)]
public sealed class IndexModel(
    DressoraDb db, History history, Toolbox toolbox, Bundle bundle, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    public const int PageSize = 12;
    private const int ChosenMax = 200;
    private const string Here = "/history";

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Asked { get; set; }

    [BindProperty(Name = "id")]
    public List<long> Chosen { get; set; } = [];

    [BindProperty(Name = "back")]
    public string? Back { get; set; }

    public Shelf Shelf { get; private set; } = null!;
    public IReadOnlyList<Card> Cards { get; private set; } = [];
    public IReadOnlyList<Tab> Shown { get; private set; } = [];
    public string Show { get; private set; } = Tabs.All;
    public string? Warning { get; private set; }

    /// <summary>What was removed a moment ago, while it can be brought back.</summary>
    public IReadOnlyList<long> Undo { get; private set; } = [];
    public GalleryWords InWords { get; private set; } = null!;
    public int Number { get; private set; } = 1;
    public int Count { get; private set; }
    public bool ShowsRemoved => Show == Tabs.Removed;
    public bool HasNext => Number * PageSize < Count;
    public string Address => AddressOf(Number);

    /// <summary>Smaller for whoever pays by the megabyte and said so.</summary>
    public int ThumbnailWidth => Request.Headers["Save-Data"] == "on" ? 160 : 320;

    private long UserId => HttpContext.Person().UserId;
    private CancellationToken Cancel => HttpContext.RequestAborted;

    public async Task OnGetAsync()
    {
        var now = clock.GetUtcNow();
        InWords = new GalleryWords(words, HttpContext.Person().TimeZone, now);
        Shelf = await Shelf.ReadAsync(db, UserId, now, Cancel);
        Shown = [.. Tabs.Of(Shelf, InWords, words)];
        var tab = Shown.FirstOrDefault(tab => tab.Key == Asked) ?? Shown[0];
        (Show, Count) = (tab.Key, tab.Pieces.Count);
        Number = Math.Clamp(Pager.Read(Request.Query), 1, Math.Max(1, (Count + PageSize - 1) / PageSize));
        var shown = tab.Pieces.Skip((Number - 1) * PageSize).Take(PageSize).ToList();
        var named = await Shelf.CardsAsync(
            db, toolbox, words, Shelf.NextToGo is { } next ? [.. shown, next] : shown, Cancel);
        Cards = [.. named.Take(shown.Count)];
        Warning = InWords.Warning(Shelf.Unpinned, Shelf.NextToGo is null ? null : named[^1]);
        var leaving = Shelf.Leaving.Select(piece => piece.Id).ToHashSet();
        Undo = [.. Ids(Request.Query["undo"]).Where(leaving.Contains)];
    }

    public async Task<IActionResult> OnPostDeleteAsync()
    {
        if (Chosen.Count == 0)
            return NothingChosen();
        if (Chosen.Count > ChosenMax || await history.RemoveAsync(UserId, Chosen) is not { } removed)
            return NotFound();
        if (removed.Count == 0)
            Say(words["They had gone already. Nothing changed."], Tone.Warn);
        var undo = string.Join('-', removed);
        var back = LocalPath(Back, Here);
        return RedirectSeeOther(undo.Length == 0 ? back : $"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}undo={undo}");
    }

    public async Task<IActionResult> OnPostRestoreAsync()
    {
        if (Chosen.Count == 0)
            return NothingChosen();
        if (Chosen.Count > ChosenMax || await history.BringBackAsync(UserId, Chosen) is not { } back)
            return NotFound();
        Say(new GalleryWords(words, HttpContext.Person().TimeZone, clock.GetUtcNow()).Back(back.Count, Chosen.Count), back.Count > 0 ? Tone.Good : Tone.Warn);
        return RedirectSeeOther(LocalPath(Back, Here));
    }

    public async Task<IActionResult> OnPostDownloadAsync()
    {
        if (Chosen.Count == 0)
            return NothingChosen();
        var mine = await db.Results.Where(r => r.UserId == UserId && Chosen.Contains(r.Id)).Select(r => new { r.MediaId, r.State }).ToListAsync(Cancel);
        if (Chosen.Count > ChosenMax || mine.Count != Chosen.Distinct().Count())
            return NotFound();
        var ids = mine.Where(result => result.State == ResultState.Kept).Select(result => result.MediaId).ToList();
        var items = await db.MediaItems.Where(i => ids.Contains(i.Id) && i.State == MediaState.Kept).OrderBy(i => i.CreatedAt).ToListAsync(Cancel);
        if (items.Count > 0)
            return new BundleResult(bundle, items, string.Create(CultureInfo.InvariantCulture, $"dressora-{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd}.zip"));
        Say(words["They have gone. Bring them back first, under Removed."], Tone.Warn);
        return RedirectSeeOther(LocalPath(Back, Here));
    }

    public string AddressOf(int page) => (Show, page) switch
    {
        (Tabs.All, 1) => Here,
        (_, 1) => $"{Here}?show={Show}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Here}?show={Show}&page={page}"),
    };

    private SeeOtherResult NothingChosen()
    {
        Say(words["Choose one at least, by the box on its picture."], Tone.Warn);
        return RedirectSeeOther(LocalPath(Back, Here));
    }

    private static IEnumerable<long> Ids(string? text) => (text ?? "").Split('-').Take(ChosenMax)
        .Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
}
