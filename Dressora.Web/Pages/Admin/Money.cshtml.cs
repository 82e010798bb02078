using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Admin;

/// <summary>Who takes money here, whether their keys work, and where everything about it stands.</summary>
[Authorize(Doors.Staff)]
public sealed class MoneyModel(
    DressoraDb db, Gateways gateways, IOptionsMonitor<SiteOptions> site, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    public IReadOnlyList<IGateway> Gateways => gateways.All;
    public IReadOnlyList<Sum> Sums { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var since = clock.GetUtcNow() - Span;
        Sums = await db.Payments.Where(p => p.State == PaymentState.Captured && p.CapturedAt >= since)
            .GroupBy(p => new { p.Mode, p.Currency }).Select(group => new Sum(group.Key.Mode, group.Key.Currency, group.Sum(p => p.Amount))).ToListAsync();
    }

    public async Task<IActionResult> OnPostTestAsync(string? gateway)
    {
        if (gateways.Find(gateway ?? "") is not { Traits: { } traits } taker)
            return NotFound();
        if (await taker.TestKeyAsync(HttpContext.RequestAborted) is { } fault)
            Say(words["{0} says: {1} ({2})", taker.Name, fault.Message, fault.Code], Tone.Bad);
        else
            Say(words["{0} answers, in the mode {1}.", taker.Name, traits.Mode]);
        return RedirectSeeOther("/admin/money");
    }

    public string HookOf(string gateway, Mode mode) =>
        site.CurrentValue.At($"/hooks/payments/{gateway}/{mode.ToString().ToLowerInvariant()}").ToString();

    public sealed record Sum(Mode Mode, string Currency, long Amount);
}
