using System.Globalization;
using Dressora.Web.Payments;

namespace Dressora.Web.Pages.Pricing;

/// <summary>Credits and their price, whichever was typed; the script beside it counts the same.</summary>
public sealed class Calculator
{
    private const long CreditsAtFirst = 727;

    /// <param name="action">Where the numbers are counted again without script.</param>
    /// <param name="kept">What the address says besides.</param>
    public Calculator(CreditPrice price, ExchangeForm asked, string action, IReadOnlyDictionary<string, string?> kept, long? first = null)
    {
        (Price, Action, Kept) = (price, action, kept);
        Show(first is { } least && Exchange.IsSold(least) ? least : CreditsAtFirst);
        if (asked is { Credits: null, Price: null })
            return;
        var fromPrice = IsFromPrice(asked, price.Rate);
        if (Counted(asked, fromPrice, price.Rate) is { } credits && Exchange.IsSold(credits))
        {
            Show(credits);
            return;
        }

        (CreditsText, PriceText) = (asked.Credits ?? "", asked.Price ?? "");
        Wrong = fromPrice ? "price" : "credits";
    }

    public CreditPrice Price { get; }
    public string Action { get; }
    public IReadOnlyDictionary<string, string?> Kept { get; }
    public long Credits { get; private set; }

    /// <summary>What stands in the two fields: what was typed where it is wrong, else the answer.</summary>
    public string CreditsText { get; private set; } = "";
    public string PriceText { get; private set; } = "";

    /// <summary>The field that holds no number that is sold; null when all is well.</summary>
    public string? Wrong { get; }

    public Money Total => Price.For(Credits);

    /// <summary>
    /// From the price when its button was pressed. Enter presses the first button of a form, so a price that was
    /// changed while the credits stand as they were shown counts as pressed too.
    /// </summary>
    private static bool IsFromPrice(ExchangeForm asked, long rate)
    {
        var credits = Exchange.Parse(asked.Credits);
        return asked.From == "price" || (credits is null && Exchange.Parse(asked.Price) is not null)
            || (credits is { } amount && amount == Exchange.Parse(asked.Shown)
                && Exchange.Parse(asked.Price) is { } price
                && price != Exchange.CentsFor(Exchange.WholeOf(amount), rate) * 100);
    }

    private static long? Counted(ExchangeForm asked, bool fromPrice, long rate) => fromPrice
        ? Exchange.Parse(asked.Price) is { } price ? Exchange.CreditsFor(price, rate) : null
        : Exchange.Parse(asked.Credits) is { } credits ? Exchange.WholeOf(credits) : null;

    private void Show(long credits)
    {
        Credits = credits;
        CreditsText = credits.ToString(CultureInfo.InvariantCulture);
        PriceText = (Exchange.CentsFor(credits, Price.Rate) / 100m).ToString("F2", CultureInfo.CurrentCulture);
    }
}

public sealed class ExchangeForm
{
    public string? Credits { get; set; }
    public string? Price { get; set; }
    public string? From { get; set; }
    public string? Shown { get; set; }
}
