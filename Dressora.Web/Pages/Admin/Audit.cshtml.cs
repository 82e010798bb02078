using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class AuditModel(DressoraDb db) : Room
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    public IReadOnlyList<AuditEntry> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Pager = new Pager(Pager.Read(Request.Query), await Filtered().CountAsync(), Request.Query);
        Lines = await Filtered().OrderByDescending(e => e.Id).Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
    }

    public async Task<IActionResult> OnGetCsvAsync() => Csv.File(
        "audit.csv",
        ["when", "who", "did", "to", "detail"],
        (await Filtered().OrderByDescending(e => e.Id).Take(Csv.RowsMax).ToListAsync())
            .Select(e => (IReadOnlyList<object?>)[e.At, e.ActorId, e.Action, e.Subject, e.Detail]));

    private IQueryable<AuditEntry> Filtered() => Search?.Trim() is { Length: > 0 and <= 200 } search
        ? db.AuditEntries.Where(e => e.Subject == search || e.Action == search)
        : db.AuditEntries;
}
