namespace Dressora.Web.Payments;

/// <summary>What a person prints: a receipt for a payment, or a credit note for a refund. It never changes after it was issued.</summary>
public sealed class Receipt
{
    private const int WholePoints = 10_000;

    private Receipt()
    {
    }

    internal Receipt(string number, Payment payment, Refund? refund, SaleTerms terms, DateTimeOffset now)
    {
        (Number, PaymentId, RefundId, UserId) = (number, payment.Id, refund?.Id, payment.UserId!.Value);
        (Amount, Currency, IssuedAt) = (refund?.Amount ?? payment.Amount, payment.Currency, now);
        (Seller, Address, TaxName, TaxNumber, TaxPoints) = (terms.Seller, terms.Address, terms.TaxName, terms.TaxNumber, terms.TaxPoints);
        TaxAmount = TaxIn(Amount, TaxPoints);
    }

    public string Number { get; private set; } = "";
    public long PaymentId { get; private set; }
    public long? RefundId { get; private set; }
    public long UserId { get; private set; }
    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public string Seller { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string TaxName { get; private set; } = "";
    public string TaxNumber { get; private set; } = "";
    public long TaxPoints { get; private set; }
    public long TaxAmount { get; private set; }
    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>The part of an amount that is tax when the tax is inside, half a cent rounded up.</summary>
    internal static long TaxIn(long amount, long points) =>
        ((amount * points * 2) + WholePoints + points) / ((WholePoints + points) * 2);
}

/// <summary>The last number of a year and mode; taken in the write that issues, so that no number is missing.</summary>
public sealed class ReceiptSeries
{
    private ReceiptSeries()
    {
    }

    internal ReceiptSeries(string name) => Name = name;

    public string Name { get; private set; } = "";
    public long Last { get; private set; }

    internal long Next() => ++Last;
}
