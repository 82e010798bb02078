namespace Dressora.Web.Payments;

public enum Period
{
    Month,
    Year,
}

/// <summary>What one credit costs by itself, in ten-thousandths of the currency: 275 is $0.0275.</summary>
public sealed class CreditPrice
{
    public const long RateMax = 100_000_000;

    private CreditPrice()
    {
    }

    internal CreditPrice(string currency, long rate) => (Currency, Rate, IsSold) = (currency, rate, true);

    public string Currency { get; private set; } = "";
    public long Rate { get; private set; }
    public bool IsSold { get; private set; }

    internal void Change(long rate, bool isSold) => (Rate, IsSold) = (rate, isSold);

    public Money For(long credits) => new(Exchange.CentsFor(credits, Rate), Currency);
}

/// <summary>So many credits a month, and what they cost a month or a year.</summary>
public sealed class PlanPrice
{
    public const long AmountMax = 100_000_000_000;
    public const int CreditsMax = 10_000_000;

    private PlanPrice()
    {
    }

    internal PlanPrice(long credits, Period period, string currency, long amount) =>
        (Credits, Period, Currency, Amount, IsSold) = (credits, period, currency, amount, true);

    public long Id { get; private set; }
    public long Credits { get; private set; }
    public Period Period { get; private set; }
    public string Currency { get; private set; } = "";
    public long Amount { get; private set; }
    public bool IsSold { get; private set; }

    public Money Price => new(Amount, Currency);

    internal void Change(long amount, bool isSold) => (Amount, IsSold) = (amount, isSold);
}

/// <summary>Who sells, as receipts say it, and how plans renew.</summary>
public sealed class SaleTerms
{
    public const int TextMax = 200;
    public const int PointsMax = 9_999;

    private SaleTerms()
    {
    }

    public long Id { get; private set; }
    public string Seller { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string TaxName { get; private set; } = "";
    public string TaxNumber { get; private set; } = "";

    /// <summary>Hundredths of a per cent, inside every price: 1800 is 18 %.</summary>
    public long TaxPoints { get; private set; }

    /// <summary>A renewal ends what is left of the plan's older credits; else they live one renewal longer.</summary>
    public bool ResetsPlans { get; private set; }

    internal void Change(TermsChange change) => (Seller, Address, TaxName, TaxNumber, TaxPoints, ResetsPlans) =
        (change.Seller, change.Address, change.TaxName, change.TaxNumber, change.TaxPoints, change.ResetsPlans);
}

public sealed record TermsChange(string Seller, string Address, string TaxName, string TaxNumber, long TaxPoints, bool ResetsPlans);
