using Dressora.Web.Generation;
using Dressora.Web.Pages.Pricing;
using Dressora.Web.Payments;

namespace Dressora.Web.Pages.Studio;

/// <summary>What stands before the button: the price, what is left after it, and how long it takes.</summary>
/// <param name="Offer">Null when nobody could be asked now.</param>
public sealed record Ticket(Offer? Offer, long Available, CreditPrice? Each = null)
{
    private const int Minute = 60;

    public long Price => Offer?.Price ?? PriceList.TryOn;
    public long After => Available - Price;
    public bool IsEnough => After >= 0;
    public string Money => (Each?.For(Price) ?? new Money(Exchange.CentsFor(Price, Exchange.RateAtFirst), "USD")).ToString();

    /// <summary>In seconds below two minutes, else in minutes; people plan in these.</summary>
    public bool IsLong => Offer?.Wait.TotalSeconds >= 2 * Minute;
    public int Wait => (int)Math.Ceiling((Offer?.Wait.TotalSeconds ?? 0) / (IsLong ? Minute : 1));
}
