using Dressora.Web.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Pricing;

public sealed class IndexModel(Catalogue catalogue) : Room
{
    /// <summary>Set by the links above the tiers.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Currency { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public ExchangeForm Asked { get; set; } = new();

    public bool Yearly => Period == "year";
    public PriceList List { get; private set; } = null!;

    /// <summary>Null where credits are not sold without a plan.</summary>
    public Calculator? Calculator { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        List = await PriceList.ReadAsync(catalogue, Currency);
        if (List.Credit is not { } price)
            return Page();
        var kept = new Dictionary<string, string?> { ["period"] = Yearly ? "year" : null, ["currency"] = List.Currency };
        Calculator = new Calculator(price, Asked, "/pricing#calculator", kept);
        return Calculator.Wrong is null ? Page() : Refused();
    }

    public string At(bool yearly, string currency) => "/pricing" + QueryString.Create(new Dictionary<string, string?>
    {
        ["period"] = yearly ? "year" : null,
        ["currency"] = currency == List.Currencies[0] ? null : currency,
    }.Where(pair => pair.Value is not null));
}
