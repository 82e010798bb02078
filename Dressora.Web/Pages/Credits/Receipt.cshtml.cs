using Dressora.Web.Accounts;
using Dressora.Web.Ledger;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Credits;

/// <summary>The care label of one job's or one payment's credits, for the person they belong to and nobody else.</summary>
[Authorize(Doors.Person)]
public sealed class ReceiptModel(Balances balances, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Reference { get; set; } = "";

    public Explanation Life { get; private set; } = null!;
    public CreditWords InWords { get; private set; } = null!;
    public long Available { get; private set; }

    /// <summary>Read against the clock: a sweep that is late gives nobody more time.</summary>
    public long Left => Life.Grant is { } grant && grant.IsLive(clock.GetUtcNow()) ? grant.Available : 0;

    /// <summary>What was given back to a job's person, made good or not; the rest of what was held was kept or was over.</summary>
    public long GivenBack => Sum(entry => entry.Kind == EntryKind.Released);
    public long MadeGood => Sum(entry => entry.Kind == EntryKind.Granted && entry.Reference != Reference);
    public long Lapsed => Sum(entry => entry.Kind == EntryKind.Expired && entry.From == Bucket.Held) - MadeGood;
    public long TakenBack => Sum(entry => entry.Kind == EntryKind.Revoked && entry.From == Bucket.Held);
    public long Overrun => Sum(entry => entry.Kind == EntryKind.Overrun);

    public async Task<IActionResult> OnGetAsync()
    {
        var person = HttpContext.Person();
        Life = await balances.ExplainAsync(Reference);
        if (Life.IsEmpty || !Life.IsOnlyOf(person.UserId))
            return NotFound();
        InWords = new CreditWords(words, person.TimeZone, clock.GetUtcNow());
        Available = (await balances.SumsAsync(person.UserId)).Available;
        return Page();
    }

    private long Sum(Func<Entry, bool> which) => Life.Entries.Where(which).Sum(entry => entry.Amount);
}
