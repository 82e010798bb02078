using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>All credits of the house: what they add up to, what waits for a second admin, what is held too long.</summary>
[Authorize(Doors.Staff)]
public sealed class CreditsModel(
    DressoraDb db, Totals totals, LateHolds late, Proposals proposals, IStringLocalizer<Words> words) : Room
{
    private const int RowsMax = 50;
    private const int ReasonMax = 300;
    private const string Here = "/admin/credits";

    public HouseTotals House { get; private set; } = null!;
    public IReadOnlyList<Proposal> Waiting { get; private set; } = [];
    public IReadOnlyList<Hold> Late { get; private set; } = [];
    public long Actor => HttpContext.Person().UserId;

    public async Task OnGetAsync()
    {
        House = await totals.OfHouseAsync();
        Waiting = await db.CreditProposals.Where(p => p.State == ProposalState.Waiting).OrderBy(p => p.Id).Take(RowsMax).ToListAsync();
        Late = await late.OfAsync(RowsMax);
    }

    public async Task<IActionResult> OnPostApproveAsync(long id) => Told(
        await proposals.ApproveAsync(id, Actor) == Decision.Done, words["Agreed, and done."],
        words["Nothing was done: it is decided already, it is your own, or what it takes off is no longer there."]);

    public async Task<IActionResult> OnPostDeclineAsync(long id) => Told(
        await proposals.DeclineAsync(id, Actor) == Decision.Done, words["Declined. No credits moved."],
        words["Nothing was done: it is decided already."]);

    public async Task<IActionResult> OnPostReleaseAsync(long id, string? reason)
    {
        var why = reason?.Trim() ?? "";
        if (why.Length is 0 or > ReasonMax)
            return Told(false, "", words["Nothing was done: say why, in at most {0} characters.", ReasonMax]);
        return Told(
            await late.ReleaseAsync(id, why, Actor) is Released, words["Given back."],
            words["Nothing was done: it was closed already, or its job may still be running."]);
    }

    public string KindName(Total kind) => kind switch
    {
        { Scope: Scopes.Chat } => words["Free messages"],
        { Scope: Scopes.Image } => words["Free images"],
        { Category: Category.Plan } => words["Plans"],
        { Category: Category.Promo } => words["Gifts and promotions"],
        { Category: Category.Compensation } => words["Made good"],
        { Category: Category.Paid } => words["Bought"],
        { Category: Category.Daily } => words["Daily"],
        _ => words["All credits"],
    };

    private SeeOtherResult Told(bool worked, string done, string not)
    {
        Say(worked ? done : not, worked ? Tone.Good : Tone.Warn);
        return RedirectSeeOther(Here);
    }
}
