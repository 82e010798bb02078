using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <summary>Links to one result: made, seen, taken back.</summary>
[Authorize(Doors.Person)]
public sealed class ShareModel(DressoraDb db, Shares shares, Toolbox toolbox, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private const int DaysDefault = 7;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(Name = "days")]
    public int Days { get; set; } = DaysDefault;

    public Card Card { get; private set; } = null!;
    public IReadOnlyList<Share> Shares { get; private set; } = [];
    public GalleryWords InWords { get; private set; } = null!;

    private long UserId => HttpContext.Person().UserId;
    private string Here => $"/history/result/{Id}/share";
    private CancellationToken Cancel => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        var now = clock.GetUtcNow();
        InWords = new GalleryWords(words, HttpContext.Person().TimeZone, now);
        var shelf = await Shelf.ReadAsync(db, UserId, now, Cancel);
        if (shelf.Kept.FirstOrDefault(piece => piece.Id == Id) is not { } mine)
            return NotFound();
        Card = (await Shelf.CardsAsync(db, toolbox, words, [mine], Cancel))[0];
        Shares = await shares.OpenOfAsync(UserId, Id, Cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await shares.MakeAsync(UserId, Id, Share.Days.Contains(Days) ? Days : DaysDefault))
        {
            case ShareOutcome.NotFound:
                return NotFound();
            case ShareOutcome.TooMany(var most):
                Say(words["{0} links to it work already, and that is the most. Take one back first.", most], Tone.Warn);
                break;
            default:
                Say(words["The link is made. Whoever has it sees the picture."]);
                break;
        }

        return RedirectSeeOther(Here);
    }

    public async Task<IActionResult> OnPostRevokeAsync(long share)
    {
        if (!await shares.RevokeAsync(UserId, Id, share))
            return NotFound();
        Say(words["Taken back: the link shows nothing any more."]);
        return RedirectSeeOther(Here);
    }
}
