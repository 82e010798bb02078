using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>One job's whole life. What was asked and shown is the person's: it is not here.</summary>
[Authorize(Doors.Staff)]
public sealed class JobModel(DressoraDb db, Generator generator, IStringLocalizer<Words> words) : Room
{
    private const int ReasonMax = 300;

    [BindProperty]
    public string? Reason { get; set; }

    public JobWords Words { get; } = new(words);
    public Job Job { get; private set; } = null!;
    public string? ModelTitle { get; private set; }
    public IReadOnlyList<JobStep> Steps { get; private set; } = [];
    public IReadOnlyList<Call> Calls { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id) => await FindAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostHurryAsync(string id)
    {
        if (!await generator.HurryAsync(id, HttpContext.Person().UserId))
            return NotFound();
        Say(words["Somebody looks at it now."]);
        return RedirectSeeOther($"/admin/jobs/{id}");
    }

    public async Task<IActionResult> OnPostEndAsync(string id)
    {
        if (Reason?.Trim() is not { Length: > 0 and <= ReasonMax } reason)
        {
            ModelState.AddModelError(nameof(Reason), words["Say why, in at most {0} characters.", ReasonMax]);
            return await FindAsync(id) ? Refused() : NotFound();
        }

        if (await generator.EndAsync(id, reason, HttpContext.Person().UserId))
            Say(words["Ended. The credits are back."]);
        else
            Say(words["It had ended by itself. Nothing changed."], Tone.Warn);
        return RedirectSeeOther($"/admin/jobs/{id}");
    }

    private async Task<bool> FindAsync(string id)
    {
        if (await db.Jobs.SingleOrDefaultAsync(job => job.Id == id) is not { } job)
            return false;
        Job = job;
        ModelTitle = await db.Models.Where(model => model.Id == job.ModelId).Select(model => model.Title).SingleOrDefaultAsync();
        Steps = await db.JobSteps.Where(step => step.JobId == id).OrderBy(step => step.Id).ToListAsync();
        Calls = await db.JobCalls.Where(call => call.JobId == id).OrderBy(call => call.Id)
            .Select(call => new Call(call.ReceivedAt, call.Verdict, call.Body.Length, call.AppliedAt)).ToListAsync();
        return true;
    }

    public sealed record Call(DateTimeOffset At, CallVerdict Verdict, int Bytes, DateTimeOffset? AppliedAt);
}
