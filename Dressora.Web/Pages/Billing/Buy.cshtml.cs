using Dressora.Web.Accounts;
using Dressora.Web.Pages.Pricing;
using Dressora.Web.Payments;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Billing;

/// <summary>How many, or for how much; and what somebody was making when they ran out.</summary>
[Authorize(Doors.Person)]
public sealed class BuyModel(Catalogue catalogue) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? Currency { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Need { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public ExchangeForm Asked { get; set; } = new();

    public PriceList List { get; private set; } = null!;
    public Calculator? Calculator { get; private set; }
    public long Needed => long.TryParse(Need, out var needed) && needed is > 0 and <= Exchange.CreditsMax ? needed : 0;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await PriceList.ReadAsync(catalogue, Currency);
        if (List.Credit is not { } price)
            return Page();
        var kept = new Dictionary<string, string?> { ["currency"] = List.Currency, ["back"] = LocalPath(Back, ""), ["need"] = Need };
        Calculator = new Calculator(price, Asked, "/billing/buy", kept, Needed > 0 ? Math.Max(Needed, Exchange.CreditsMin) : null);
        return Calculator.Wrong is null ? Page() : Refused();
    }

    public string In(string currency) => "/billing/buy" + QueryString.Create(new Dictionary<string, string?>
    {
        ["currency"] = currency,
        ["back"] = LocalPath(Back, ""),
        ["need"] = Need,
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));
}
