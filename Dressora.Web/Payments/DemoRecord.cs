namespace Dressora.Web.Payments;

public enum DemoKind
{
    Secret,
    Checkout,
    Payment,
    Refund,
    Dispute,
    Subscription,
}

/// <summary>What the demo gateway remembers: it has no other server to keep it.</summary>
public sealed class DemoRecord
{
    private DemoRecord()
    {
    }

    internal DemoRecord(string id, DemoKind kind, string parent, string number, string state, Money price, DateTimeOffset at) =>
        (Id, Kind, Parent, Number, State, Amount, Currency, At) = (id, kind, parent, number, state, price.AmountMinor, price.Currency, at);

    public string Id { get; private set; } = "";
    public DemoKind Kind { get; private set; }

    /// <summary>A payment's checkout or subscription; a refund's or dispute's payment.</summary>
    public string Parent { get; private set; } = "";

    /// <summary>The order's; of a refund, the key it was asked with.</summary>
    public string Number { get; private set; } = "";
    public string State { get; private set; } = "";
    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? StartsAt { get; private set; }
    public DateTimeOffset? EndsAt { get; private set; }

    public Money Price => new(Amount, Currency);

    internal void Turn(string state) => State = state;

    internal DemoRecord Lasting(DateTimeOffset starts, DateTimeOffset ends)
    {
        (StartsAt, EndsAt) = (starts, ends);
        return this;
    }
}
