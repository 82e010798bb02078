using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Media;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>What is to be deleted and what was: the queue, its failures, and the record.</summary>
[Authorize(Doors.Staff)]
public sealed class DeletionsModel(DressoraDb db, Deletions deletions, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public IReadOnlyList<Deletion> Lines { get; private set; } = [];
    public int Failed { get; private set; }
    public Pager Pager { get; private set; } = null!;

    private long ActorId => HttpContext.Person().UserId;

    public async Task OnGetAsync()
    {
        var all = Enum.TryParse<DeletionState>(State, out var state)
            ? db.MediaDeletions.Where(d => d.State == state)
            : db.MediaDeletions;
        Failed = await db.MediaDeletions.CountAsync(d => d.State == DeletionState.Waiting && d.Attempts > 0);
        Pager = new Pager(Pager.Read(Request.Query), await all.CountAsync(), Request.Query);
        Lines = await all.OrderByDescending(d => d.Attempts > 0 && d.State == DeletionState.Waiting).ThenByDescending(d => d.Id)
            .Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
    }

    public async Task<IActionResult> OnPostAgainAsync(long id)
    {
        if (!await deletions.AgainAsync(id, ActorId))
            return NotFound();
        Say(words["It is tried again now."]);
        return RedirectSeeOther("/admin/deletions");
    }

    public async Task<IActionResult> OnPostAllAsync()
    {
        Say(words["Tried again now: {0}.", await deletions.AgainAllAsync(ActorId)]);
        return RedirectSeeOther("/admin/deletions");
    }
}
