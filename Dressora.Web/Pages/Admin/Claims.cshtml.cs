using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>Results that people call bad, beyond what is made good by itself.</summary>
[Authorize(Doors.Staff)]
public sealed class ClaimsModel(DressoraDb db, Claims claims, IStringLocalizer<Words> words) : Room
{
    private const string Here = "/admin/claims";

    [BindProperty(SupportsGet = true, Name = "state")]
    public string? Asked { get; set; }

    [BindProperty]
    public string? Job { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public ModerationWords Words { get; } = new(words);
    public ClaimState? State { get; private set; }
    public IReadOnlyList<ResultClaim> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        State = Enum.TryParse<ClaimState>(Asked, out var asked) && Enum.IsDefined(asked) && asked != ClaimState.Waiting ? asked : null;
        var wanted = State ?? ClaimState.Waiting;
        var all = db.ResultClaims.Where(claim => claim.State == wanted);
        Pager = new Pager(Pager.Read(Request.Query), await all.CountAsync(), Request.Query);
        var sorted = State is null ? all.OrderBy(claim => claim.MadeAt) : all.OrderByDescending(claim => claim.MadeAt);
        Lines = await sorted.Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
    }

    public Task<IActionResult> OnPostGrantAsync() => JudgeAsync(isGranted: true, words["The credits are back, for 72 hours, and the person is told."]);

    public Task<IActionResult> OnPostRefuseAsync() => JudgeAsync(isGranted: false, words["Refused, and the person is told."]);

    private async Task<IActionResult> JudgeAsync(bool isGranted, string done)
    {
        if (Answer?.Trim() is not { Length: > 0 and <= ResultClaim.AnswerMax } answer)
        {
            ModelState.AddModelError(nameof(Answer), words["Say why, in at most {0} characters.", ResultClaim.AnswerMax]);
            await OnGetAsync();
            return Refused();
        }

        if (!await db.ResultClaims.AnyAsync(claim => claim.JobId == Job))
            return NotFound();
        if (await claims.JudgeAsync(Job!, isGranted, answer, HttpContext.Person().UserId))
            Say(done);
        else
            Say(words["It was judged before. Nothing changed."], Tone.Warn);
        return RedirectSeeOther(Here);
    }
}
