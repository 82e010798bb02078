using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Pricing;

public sealed class IndexModel(IStringLocalizer<Shell.Words> words) : Room
{
    private const long CreditsAtFirst = 727;

    /// <summary>Set by the links above the tiers.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public Input Asked { get; set; } = new();

    public bool Yearly => Period == "year";

    public long Credits { get; private set; } = CreditsAtFirst;

    /// <summary>What stands in the two fields: what was typed where it is wrong, else the answer.</summary>
    public string CreditsText { get; private set; } = "";
    public string PriceText { get; private set; } = "";
    public string? Problem { get; private set; }

    /// <summary>The field that the problem is about.</summary>
    public string? Wrong { get; private set; }

    public IActionResult OnGet()
    {
        Show(CreditsAtFirst);
        if (Asked is { Credits: null, Price: null })
            return Page();
        var fromPrice = IsFromPrice();
        if (Counted(fromPrice) is { } credits && Exchange.IsSold(credits))
        {
            Show(credits);
            return Page();
        }

        (CreditsText, PriceText) = (Asked.Credits ?? "", Asked.Price ?? "");
        Wrong = fromPrice ? "price" : "credits";
        Problem = words[
            "Credits are sold from {0:N0} to {1:N0} at a time.", PriceList.CreditsMin, PriceList.CreditsMax];
        return Refused();
    }

    /// <summary>
    /// From the price when its button was pressed. Enter presses the first button of a form, so a price that was
    /// changed while the credits stand as they were shown counts as pressed too.
    /// </summary>
    private bool IsFromPrice()
    {
        var credits = Exchange.Parse(Asked.Credits);
        return Asked.From == "price" || (credits is null && Exchange.Parse(Asked.Price) is not null)
            || (credits is { } amount && amount == Exchange.Parse(Asked.Shown)
                && Exchange.Parse(Asked.Price) is { } price
                && price != Exchange.CentsFor(Exchange.WholeOf(amount)) * 100);
    }

    private long? Counted(bool fromPrice) => fromPrice
        ? Exchange.Parse(Asked.Price) is { } price ? Exchange.CreditsFor(price) : null
        : Exchange.Parse(Asked.Credits) is { } credits ? Exchange.WholeOf(credits) : null;

    private void Show(long credits)
    {
        Credits = credits;
        CreditsText = credits.ToString(CultureInfo.InvariantCulture);
        PriceText = (Exchange.CentsFor(credits) / 100m).ToString("F2", CultureInfo.CurrentCulture);
    }

    public sealed class Input
    {
        public string? Credits { get; set; }
        public string? Price { get; set; }
        public string? From { get; set; }
        public string? Shown { get; set; }
    }
}
