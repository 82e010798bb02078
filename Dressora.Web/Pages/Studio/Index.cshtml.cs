using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Studio;

/// <summary>Where somebody arrives: what is being made, what was made lately, and what can be made.</summary>
[Authorize(Doors.Person)]
public sealed class IndexModel(
    DressoraDb db, Catalogue catalogue, Toolbox toolbox, Offers offers, Balances balances, Allowances allowances, IStringLocalizer<Words> words) : Room
{
    private const int RecentMax = 8;

    public IReadOnlyList<OpenJob> Open { get; private set; } = [];
    public IReadOnlyList<ResultCard> Recent { get; private set; } = [];
    public Ticket TryOn { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var person = HttpContext.Person();
        if (person.IsNew)
            return RedirectSeeOther("/welcome");
        var cancel = HttpContext.RequestAborted;
        Open = await Results.OpenAsync(db, toolbox, words, person.UserId, cancel);
        Recent = await Results.NewestAsync(db, toolbox, words, person.UserId, RecentMax, cancel);
        await allowances.TryEnsureAsync(person.UserId, person.TimeZone);
        var sums = await balances.SumsAsync(person.UserId);
        TryOn = new Ticket(await offers.OfAsync(TryOnTool.Word, cancel), sums.Available, await catalogue.EachAsync());
        return Page();
    }
}
