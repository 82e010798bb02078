using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>One report: what is said, the picture for whoever says why they look, and the verdict.</summary>
[Authorize(Doors.Staff)]
public sealed class ReportModel(
    DressoraDb db, Reports reports, Takedown takedown, MediaAddresses addresses, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private static readonly TimeSpan PictureLife = TimeSpan.FromMinutes(5);

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public ModerationWords Words { get; } = new(words);
    public Report Report { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }
    public int Others { get; private set; }
    public bool IsThere { get; private set; }
    public int? Width { get; private set; }
    public int? Height { get; private set; }
    public string? Picture { get; private set; }

    private long Actor => HttpContext.Person().UserId;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    /// <summary>Shown in the answer to the form that said why, and on no address of its own.</summary>
    public async Task<IActionResult> OnPostLookAsync()
    {
        if (Said(Reason, nameof(Reason)) is not { } reason)
            return await FindAsync() ? Refused() : NotFound();
        if (await reports.LookAsync(Id, reason, Actor) is null || !await FindAsync())
            return NotFound();
        Picture = IsThere ? addresses.Sign(Report.MediaId, PictureLife) + "&w=1280" : null;
        return Page();
    }

    public Task<IActionResult> OnPostKeepAsync() => JudgeAsync(
        answer => reports.KeepAsync(Id, answer, Actor), words["It stays. Every open report of it is closed."]);

    public Task<IActionResult> OnPostRemoveAsync() => JudgeAsync(
        answer => takedown.RemoveAsync(Id, answer, Actor), words["Removed, with every link to it. Its owner is told."]);

    private async Task<IActionResult> JudgeAsync(Func<string, Task<bool>> judge, string done)
    {
        if (Said(Answer, nameof(Answer)) is not { } answer)
            return await FindAsync() ? Refused() : NotFound();
        if (!await db.Reports.AnyAsync(report => report.Id == Id))
            return NotFound();
        if (await judge(answer))
            Say(done);
        else
            Say(words["It was judged before. Nothing changed."], Tone.Warn);
        return RedirectSeeOther($"/admin/reports/{Id}");
    }

    private string? Said(string? text, string field)
    {
        if (text?.Trim() is { Length: > 0 and <= Moderation.Report.AnswerMax } said)
            return said;
        ModelState.AddModelError(field, words["Say why, in at most {0} characters.", Moderation.Report.AnswerMax]);
        return null;
    }

    private async Task<bool> FindAsync()
    {
        if (await db.Reports.SingleOrDefaultAsync(report => report.Id == Id) is not { } report)
            return false;
        (Report, Now) = (report, clock.GetUtcNow());
        Others = await db.Reports.CountAsync(other => other.Subject == report.Subject && other.Id != Id && other.State == ReportState.Open);
        var item = await db.MediaItems.SingleOrDefaultAsync(one => one.Id == report.MediaId && one.State == MediaState.Kept);
        (IsThere, Width, Height) = (item is not null, item?.Width, item?.Height);
        return true;
    }
}
