using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>What is sold, for how much, and who sells it.</summary>
[Authorize(Doors.Staff)]
public sealed class PricesModel(Catalogue catalogue, IStringLocalizer<Words> words) : Room
{
    private const string Here = "/admin/prices";
    private const int PartsOfMinor = 100;
    private const int TaxTextMax = 40;

    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>Whose plans are shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Currency { get; set; }

    public IReadOnlyList<string> Currencies { get; private set; } = [];
    public IReadOnlyList<CreditPrice> Credits { get; private set; } = [];
    public IReadOnlyList<PlanPrice> Plans { get; private set; } = [];

    private long Me => HttpContext.Person().UserId;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var terms = await catalogue.TermsAsync();
        Form = new Input
        {
            Seller = terms.Seller,
            Address = terms.Address,
            TaxName = terms.TaxName,
            TaxNumber = terms.TaxNumber,
            TaxPercent = (terms.TaxPoints / 100m).ToString("0.##", CultureInfo.CurrentCulture),
            ResetsPlans = terms.ResetsPlans,
        };
    }

    public async Task<IActionResult> OnPostCreditsAsync(string? currency, string? price, bool sold) =>
        Told(Exchange.Parse(price) is { } rate && await catalogue.PriceCreditsAsync(currency ?? "", rate, sold, Me));

    /// <summary>Without credits it is the price of one.</summary>
    public async Task<IActionResult> OnPostPlanAsync(string? credits, Period period, string? currency, string? price, bool sold)
    {
        if (string.IsNullOrWhiteSpace(credits))
            return await OnPostCreditsAsync(currency, price, sold);
        return Told(Exchange.Parse(price) is { } amount && amount % PartsOfMinor == 0 && long.TryParse(credits, out var count)
            && await catalogue.PricePlanAsync(count, period, currency ?? "", amount / PartsOfMinor, sold, Me));
    }

    public async Task<IActionResult> OnPostTermsAsync()
    {
        var points = Exchange.Parse(Form.TaxPercent) is { } percent && percent % PartsOfMinor == 0 ? percent / PartsOfMinor : -1;
        if (points is < 0 or > SaleTerms.PointsMax)
            ModelState.AddModelError("Form.TaxPercent", words["A number of per cent from 0 to 99.99."]);
        var change = new TermsChange(
            Cut(Form.Seller, SaleTerms.TextMax), Cut(Form.Address, SaleTerms.TextMax), Cut(Form.TaxName, TaxTextMax), Cut(Form.TaxNumber, TaxTextMax),
            points, Form.ResetsPlans);
        if (!ModelState.IsValid)
        {
            await LoadAsync();
            return Refused();
        }

        await catalogue.ChangeTermsAsync(change, Me);
        return Told(true);
    }

    private async Task LoadAsync()
    {
        (Credits, Plans) = (await catalogue.CreditsAsync(all: true), await catalogue.PlansAsync(all: true));
        Currencies = [.. Credits.Select(price => price.Currency).Union(Plans.Select(plan => plan.Currency))];
        Currency = Currency is not null && Currencies.Contains(Currency) ? Currency : Currencies is [var first, ..] ? first : null;
    }

    private SeeOtherResult Told(bool done)
    {
        if (done)
            Say(words["Saved. It counts from the next order on."]);
        else
            Say(words["That is no price that can be kept: more than nothing, two places for plans, four for one credit."], Tone.Bad);
        return RedirectSeeOther(Here);
    }

    private static string Cut(string? text, int most) => (text ?? "").Trim() is var plain && plain.Length > most ? plain[..most] : plain;

    public sealed class Input
    {
        public string? Seller { get; set; }
        public string? Address { get; set; }
        public string? TaxName { get; set; }
        public string? TaxNumber { get; set; }
        public string? TaxPercent { get; set; }
        public bool ResetsPlans { get; set; }
    }
}
