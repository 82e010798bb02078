using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Operations;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>Whether the books can be trusted: the last check, one now, and what is wrong.</summary>
[Authorize(Doors.Staff)]
public sealed class LedgerModel(
    DressoraDb db, LedgerCheck check, LedgerGuard guard, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    public const string WordToType = "OPEN";

    private const int ReasonMax = 300;
    private const int FaultsMax = 20;
    private const string Here = "/admin/ledger";
    private static readonly TimeSpan CheckMax = TimeSpan.FromSeconds(30);

    [BindProperty]
    public string? Word { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ScheduledTask? Last { get; private set; }
    public LedgerFault? Fault { get; private set; }
    public IReadOnlyList<LedgerFault> Cleared { get; private set; } = [];
    public bool IsOwner => HttpContext.Person().Role == Role.Owner;

    public Task OnGetAsync() => LookAsync();

    public async Task<IActionResult> OnPostCheckAsync()
    {
        using var limit = new CancellationTokenSource(CheckMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, HttpContext.RequestAborted);
        try
        {
            var verification = await check.RunAsync(both.Token);
            Say(
                verification.IsGood ? words["Checked: everything agrees."] : words["Checked: something does not agree. No credits move."],
                verification.IsGood ? Tone.Good : Tone.Bad);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Say(
                words["There is more to read than {0} seconds allow here. Run “ledger verify” on the server's command line.", CheckMax.TotalSeconds],
                Tone.Warn);
        }

        return RedirectSeeOther(Here);
    }

    public async Task<IActionResult> OnPostClearAsync()
    {
        if (!IsOwner)
            return Forbid();
        if (!string.Equals(Word?.Trim(), WordToType, StringComparison.OrdinalIgnoreCase))
            ModelState.AddModelError(nameof(Word), words["Type {0}, so that this does not happen by a slip.", WordToType]);
        if (Reason?.Trim() is not { Length: > 0 and <= ReasonMax })
            ModelState.AddModelError(nameof(Reason), words["Say what was found and mended, in at most {0} characters.", ReasonMax]);
        if (!ModelState.IsValid)
        {
            await LookAsync();
            return Refused();
        }

        await guard.ClearAsync(HttpContext.Person().UserId, Reason!.Trim());
        Say(words["The books are open: credits move again."]);
        return RedirectSeeOther(Here);
    }

    private async Task LookAsync()
    {
        Last = await check.LastAsync();
        Fault = await guard.OpenFaultAsync();
        Cleared = await db.CreditFaults.Where(fault => fault.ClearedAt != null)
            .OrderByDescending(fault => fault.Id).Take(FaultsMax).ToListAsync();
    }
}
