using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Moderation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>What was reported: the clock first.</summary>
[Authorize(Doors.Staff)]
public sealed class ReportsModel(DressoraDb db, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true, Name = "state")]
    public string? Asked { get; set; }

    public ModerationWords Words { get; } = new(words);
    public ReportState? State { get; private set; }
    public IReadOnlyList<Report> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }

    public async Task OnGetAsync()
    {
        Now = clock.GetUtcNow();
        State = Enum.TryParse<ReportState>(Asked, out var asked) && Enum.IsDefined(asked) && asked != ReportState.Open ? asked : null;
        var wanted = State ?? ReportState.Open;
        var all = db.Reports.Where(report => report.State == wanted);
        Pager = new Pager(Pager.Read(Request.Query), await all.CountAsync(), Request.Query);
        var sorted = State is null ? all.OrderBy(report => report.DueAt) : all.OrderByDescending(report => report.Id);
        Lines = await sorted.Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
    }
}
