using System.Security.Cryptography;

namespace Dressora.Web.Payments;

/// <summary>Whether the money is real. What one mode says never counts in the other.</summary>
public enum Mode
{
    Test,
    Live,
}

public enum OrderKind
{
    Credits,
    Plan,
}

public enum OrderState
{
    Open,
    Paid,

    /// <summary>Nobody paid in time; money that comes later still counts.</summary>
    Lapsed,
}

/// <summary>What somebody decided to buy, at the price of that moment.</summary>
public sealed class Order
{
    public const string Prefix = "D";
    private const int NumberLetters = 11;
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    public static readonly TimeSpan OpenFor = TimeSpan.FromHours(24);

    /// <summary>When somebody asks the gateway about an order that nobody told us of: from its beginning on.</summary>
    private static readonly TimeSpan[] Checks =
    [
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1),
        TimeSpan.FromDays(2), TimeSpan.FromDays(3), TimeSpan.FromDays(4), TimeSpan.FromDays(5), TimeSpan.FromDays(6),
    ];

    private Order()
    {
    }

    internal Order(Purchase purchase, string gateway, Mode mode, DateTimeOffset now)
    {
        Number = Prefix + RandomNumberGenerator.GetString(Letters, NumberLetters);
        (UserId, Key, Kind, ReturnTo) = (purchase.UserId, purchase.Key, purchase.Kind, purchase.ReturnTo);
        (Credits, Period, PlanPriceId) = (purchase.Credits, purchase.Period, purchase.PlanPriceId);
        (Amount, Currency) = (purchase.Price.AmountMinor, purchase.Price.Currency);
        (Gateway, Mode, ReplacesId) = (gateway, mode, purchase.ReplacesId);
        (CreatedAt, ExpiresAt, CheckAt) = (now, now + OpenFor, now + Checks[0]);
    }

    public long Id { get; private set; }

    /// <summary>What people and gateways call it.</summary>
    public string Number { get; private set; } = "";
    public long UserId { get; private set; }

    /// <summary>The form's: pressing twice makes one order.</summary>
    public string Key { get; private set; } = "";
    public OrderKind Kind { get; private set; }

    /// <summary>Once, or of each month.</summary>
    public long Credits { get; private set; }
    public Period? Period { get; private set; }
    public long? PlanPriceId { get; private set; }
    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }
    public string? ExternalId { get; private set; }
    public string CheckoutAddress { get; private set; } = "";

    /// <summary>What somebody was making when they ran out of credits.</summary>
    public string ReturnTo { get; private set; } = "";

    /// <summary>The subscription that ends when this one begins.</summary>
    public long? ReplacesId { get; private set; }
    public OrderState State { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? CheckAt { get; private set; }
    public int ChecksMade { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    public Money Price => new(Amount, Currency);
    public string Path => "/billing/order/" + Number;

    internal void Begin(CheckoutStart start) => (ExternalId, CheckoutAddress) = (start.ExternalId, start.Address);

    internal void Pay(DateTimeOffset now) => (State, PaidAt, CheckAt) = (OrderState.Paid, now, null);

    internal void Checked(DateTimeOffset now)
    {
        if (State == OrderState.Open && now >= ExpiresAt)
            State = OrderState.Lapsed;
        ChecksMade++;
        while (ChecksMade < Checks.Length && CreatedAt + Checks[ChecksMade] <= now)
            ChecksMade++;
        CheckAt = State != OrderState.Paid && ExternalId is not null && ChecksMade < Checks.Length ? CreatedAt + Checks[ChecksMade] : null;
        if (ExternalId is null && State == OrderState.Open)
            CheckAt = ExpiresAt;
    }
}

/// <summary>What is bought and for how much, as the catalogue says at this moment.</summary>
public sealed record Purchase(
    long UserId, string Key, OrderKind Kind, long Credits, Money Price, Period? Period = null, long? PlanPriceId = null,
    long? ReplacesId = null, string ReturnTo = "");
