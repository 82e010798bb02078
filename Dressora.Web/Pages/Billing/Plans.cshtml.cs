using Dressora.Web.Accounts;
using Dressora.Web.Pages.Pricing;
using Dressora.Web.Payments;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Billing;

/// <summary>The plans, by the month or by the year.</summary>
[Authorize(Doors.Person)]
public sealed class PlansModel(Catalogue catalogue, Plans plans) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Currency { get; set; }

    public PriceList List { get; private set; } = null!;

    /// <summary>The plan that runs and is not ending.</summary>
    public Subscription? Mine { get; private set; }
    public bool Yearly => Period == "year";
    public IReadOnlyList<PlanPrice> Tiers => [.. List.By(Yearly ? Payments.Period.Year : Payments.Period.Month)];

    public async Task OnGetAsync()
    {
        List = await PriceList.ReadAsync(catalogue, Currency);
        Mine = await plans.OfAsync(HttpContext.Person().UserId) is { IsRunning: true, IsEnding: false } plan ? plan : null;
    }

    public bool IsMine(PlanPrice tier) => Mine is { } plan && plan.Credits == tier.Credits && plan.Period == tier.Period;

    public string At(bool yearly, string currency) => "/billing/plans" + QueryString.Create(new Dictionary<string, string?>
    {
        ["period"] = yearly ? "year" : null,
        ["currency"] = List.Currencies is [var first, ..] && currency == first ? null : currency,
    }.Where(pair => pair.Value is not null));
}
