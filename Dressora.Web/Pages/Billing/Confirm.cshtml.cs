using Dressora.Web.Accounts;
using Dressora.Web.Pages.Pricing;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>What is bought, what comes in, until when it lasts and what it costs, before anybody pays.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class ConfirmModel(Catalogue catalogue, Checkout checkout, Gateways gateways, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? Currency { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Plan { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public ExchangeForm Asked { get; set; } = new();

    [BindProperty]
    public string? Count { get; set; }

    [BindProperty]
    public string? Key { get; set; }

    [BindProperty]
    public string? Gateway { get; set; }

    public Purchase? Purchase { get; private set; }
    public BillingWords InWords { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }
    public bool ResetsPlans { get; private set; }
    public string? TaxLine { get; private set; }
    public IReadOnlyList<IGateway> Takers => gateways.Ready;
    public string ChangePath => Plan is null ? "/billing/buy" + QueryString.Create("back", Back ?? "") : "/billing/plans";

    private SignedIn Person => HttpContext.Person();

    public async Task<IActionResult> OnGetAsync()
    {
        if (Plan is null && Asked is { Credits: null, Price: null })
            return RedirectSeeOther("/billing/buy");
        await LoadAsync(await CreditsAskedAsync());
        return Purchase is null ? Refused() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync(long.TryParse(Count, out var credits) ? credits : 0);
        if (Purchase is null || await checkout.PlaceAsync(Purchase, Gateway ?? "") is not { } order)
            return Refused();
        await checkout.BeginAsync(order, Person.Email, HttpContext.RequestAborted);
        return RedirectSeeOther($"/billing/pay/{order.Number}?go=1");
    }

    private async Task<long> CreditsAskedAsync() =>
        (await catalogue.CreditsAsync()).FirstOrDefault(price => price.Currency == Currency) is { } price && Plan is null
        && new Calculator(price, Asked, "", new Dictionary<string, string?>()) is { Wrong: null } counted
            ? counted.Credits
            : 0;

    private async Task LoadAsync(long credits)
    {
        Back = LocalPath(Back, "");
        Key = Key is { Length: > 0 and <= 64 } ? Key : Guid.NewGuid().ToString("N");
        (Now, InWords) = (clock.GetUtcNow(), new BillingWords(words, Person.TimeZone));
        Purchase = Plan is null
            ? await checkout.CreditsAsync(Person.UserId, Key, credits, Currency ?? "", Back.Length <= 500 ? Back : "")
            : long.TryParse(Plan, out var plan) ? await checkout.PlanAsync(Person.UserId, Key, plan) : null;
        var terms = await catalogue.TermsAsync();
        ResetsPlans = terms.ResetsPlans;
        TaxLine = terms.TaxPoints > 0 ? words["{0}, {1:0.##} %", terms.TaxName, terms.TaxPoints / 100m].Value : null;
    }
}
