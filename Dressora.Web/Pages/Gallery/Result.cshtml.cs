using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <summary>What can be done with one result, from wherever it is shown.</summary>
[Authorize(Doors.Person)]
public sealed class ResultModel(DressoraDb db, History history, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(Name = "back")]
    public string? Back { get; set; }

    private long UserId => HttpContext.Person().UserId;

    /// <summary>A result is seen where its job is.</summary>
    public async Task<IActionResult> OnGetAsync() =>
        await db.Results.Where(r => r.Id == Id && r.UserId == UserId && r.State == ResultState.Kept).Select(r => r.JobId).SingleOrDefaultAsync() is { } job
            ? RedirectSeeOther("/jobs/" + job)
            : NotFound();

    public async Task<IActionResult> OnPostPinAsync() => Said(await history.PinAsync(UserId, Id, isPinned: true), words["Pinned: it stays until you unpin it."]);

    public async Task<IActionResult> OnPostUnpinAsync() => Said(await history.PinAsync(UserId, Id, isPinned: false), words["Unpinned."]);

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (await history.RemoveAsync(UserId, [Id]) is not { } removed)
            return NotFound();
        if (removed.Count == 0)
            Say(words["It had gone already. Nothing changed."], Tone.Warn);
        else
            Say(words["Removed. It can be brought back for 24 hours: in the history, under Removed."]);
        return RedirectSeeOther(LocalPath(Back, "/history"));
    }

    public async Task<IActionResult> OnPostRestoreAsync()
    {
        if (await history.BringBackAsync(UserId, [Id]) is not { } back)
            return NotFound();
        if (back.Count == 0)
            Say(words["Its day was over, or it is back already. Nothing changed."], Tone.Warn);
        else
            Say(words["It is back."]);
        return RedirectSeeOther(LocalPath(Back, "/history"));
    }

    private IActionResult Said(PinOutcome outcome, string done)
    {
        if (outcome == PinOutcome.NotFound)
            return NotFound();
        if (outcome == PinOutcome.TooMany)
            Say(words["{0} are pinned, and that is the most. Unpin one first.", History.PinnedMax], Tone.Warn);
        else if (outcome == PinOutcome.Left)
            Say(words["Unpinned. The shelf was full and this was the oldest on it, so it left; under Removed it can be brought back for 24 hours."], Tone.Warn);
        else
            Say(done);
        return RedirectSeeOther(LocalPath(Back, "/history"));
    }
}
