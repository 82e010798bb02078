using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Pages.Credits;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>One person's account of credits, and the form that gives or takes off by hand.</summary>
[Authorize(Doors.Staff)]
public sealed class PersonCreditsModel(
    DressoraDb db, Balances balances, Proposals proposals, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private const int ReasonMax = 300;
    private const int RowsMax = 50;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>Of the person; of a deleted account only the number is left.</summary>
    public string Name { get; private set; } = "";
    public bool IsDeleted { get; private set; }
    public long Entries { get; private set; }
    public Balance Balance { get; private set; } = null!;
    public IReadOnlyList<Grant> Grants { get; private set; } = [];
    public int GrantCount { get; private set; }
    public IReadOnlyList<Hold> Holds { get; private set; } = [];
    public IReadOnlyList<Proposal> Waiting { get; private set; } = [];
    public IReadOnlyList<StatementLine> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public CreditWords InWords { get; private set; } = null!;

    /// <summary>A fresh one for each page that is shown, so that pressing twice gives once.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("N");

    private long Actor => HttpContext.Person().UserId;
    private string Here => $"/admin/people/{Id}/credits";

    public async Task<IActionResult> OnGetAsync() => await LookAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LookAsync() || IsDeleted)
            return NotFound();
        if (Checked() is not { } amount)
            return Refused();
        var asked = await proposals.AskAsync($"admin:{Guid.Parse(Form.Key!):N}", Id, amount, Form.Reason!.Trim(), Actor);
        if (Told(asked, Math.Abs(amount)) is { } wrong)
        {
            ModelState.AddModelError("Form.Amount", wrong);
            return Refused();
        }

        return RedirectSeeOther(Here);
    }

    /// <summary>With its sign, or null when the form says what is wrong with it.</summary>
    private long? Checked()
    {
        var isNumber = long.TryParse(Form.Amount?.Trim(), NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var amount);
        if (!isNumber || amount is < 1 or > Grant.AmountMax)
            ModelState.AddModelError("Form.Amount", words["A whole number from 1 to {0:N0}.", Grant.AmountMax]);
        if (string.IsNullOrWhiteSpace(Form.Reason))
            ModelState.AddModelError("Form.Reason", words["Say why: the person reads it, and so does whoever checks later."]);
        else if (Form.Reason.Trim().Length > ReasonMax)
            ModelState.AddModelError("Form.Reason", words["At most {0} characters.", ReasonMax]);
        if (!Guid.TryParse(Form.Key, out _))
            ModelState.AddModelError("Form.Amount", words["The page was too old. Nothing was done; send it once more."]);
        return ModelState.IsValid ? Form.Takes ? -amount : amount : null;
    }

    /// <summary>What is wrong, or null when it was done and said.</summary>
    private string? Told(Proposed asked, long amount)
    {
        switch (asked)
        {
            case Proposed.Waiting:
                Say(
                    words["More than {0:N0}: a second admin has to agree before it happens. It waits under Credits.", Proposal.AloneMax],
                    Tone.Warn);
                return null;
            case Proposed.Done { Outcome: Adjusted }:
                Say(Form.Takes ? words["{0:N0} credits taken off.", amount] : words["{0:N0} credits given.", amount]);
                return null;
            case Proposed.Done { Outcome: NotEnoughCredits few }:
                return words["There are only {0:N0} to take. Nothing was done.", few.Available];
            default:
                return words["This page was sent before with other words in it. Nothing was done now; send it once more if you mean it."];
        }
    }

    private async Task<bool> LookAsync()
    {
        var person = await db.Users.SingleOrDefaultAsync(user => user.Id == Id);
        Entries = await db.CreditAccounts.Where(account => account.UserId == Id).Select(account => account.Entries).SingleOrDefaultAsync();
        if (person is null && Entries == 0)
            return false;
        IsDeleted = person is null;
        Name = person is null ? words["Person {0}", Id] : person.Name.Length > 0 ? person.Name : person.Email!;
        Balance = await balances.OfAsync(Id, Zone.Utc);
        var grants = db.CreditGrants.Where(grant => grant.UserId == Id);
        GrantCount = await grants.CountAsync();
        Grants = await grants.OrderByDescending(grant => grant.Id).Take(RowsMax).ToListAsync();
        Holds = await db.CreditHolds.Where(hold => hold.UserId == Id && hold.State == HoldState.Open)
            .OrderBy(hold => hold.Id).Take(RowsMax).ToListAsync();
        Waiting = await db.CreditProposals.Where(p => p.State == ProposalState.Waiting && p.UserId == Id).OrderBy(p => p.Id).ToListAsync();
        InWords = new CreditWords(words, Zone.Utc, clock.GetUtcNow());
        Pager = new Pager(Pager.Read(Request.Query), (int)Math.Min(Entries, int.MaxValue), Request.Query);
        Lines = await Statement.OfAccountAsync(db, Id, Pager);
        return true;
    }

    public sealed class Input
    {
        public string? Key { get; set; }
        public string? Amount { get; set; }
        public bool Takes { get; set; }
        public string? Reason { get; set; }
    }
}
