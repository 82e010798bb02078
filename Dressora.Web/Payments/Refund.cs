namespace Dressora.Web.Payments;

public enum RefundState
{
    /// <summary>An admin asked; the gateway has not heard yet.</summary>
    Asked,
    Pending,
    Succeeded,
    Failed,
}

/// <summary>Money on its way back, whoever sent it: an admin here, or somebody at the gateway.</summary>
public sealed class Refund
{
    public const int ReasonMax = 200;
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromHours(6);

    private Refund()
    {
    }

    internal Refund(Payment payment, string key, long amount, RefundState state, string reason, long? askedBy, DateTimeOffset now)
    {
        (PaymentId, Gateway, Mode, Key, Amount) = (payment.Id, payment.Gateway, payment.Mode, key, amount);
        (State, Reason, AskedBy, CreatedAt, CheckAt) = (state, reason, askedBy, now, now);
    }

    public long Id { get; private set; }
    public long PaymentId { get; private set; }
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }
    public string? ExternalId { get; private set; }

    /// <summary>Ours, sent with the wish: asking twice refunds once.</summary>
    public string Key { get; private set; } = "";
    public long Amount { get; private set; }
    public RefundState State { get; private set; }
    public long? AskedBy { get; private set; }
    public string Reason { get; private set; } = "";
    public string Fault { get; private set; } = "";
    public DateTimeOffset? CheckAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>It counts against the payment until somebody says that it failed.</summary>
    public bool Counts => State != RefundState.Failed;

    internal void Follow(RefundFact fact, DateTimeOffset now)
    {
        ExternalId ??= fact.RefundId;
        // "Pending" that was overtaken by an end is old news; a bank that gives the money back after all is the last word.
        if (State is RefundState.Asked or RefundState.Pending || (State == RefundState.Succeeded && fact.State == RefundState.Failed))
            State = fact.State;
        SettledAt = State is RefundState.Succeeded or RefundState.Failed ? SettledAt ?? now : null;
        CheckAt = SettledAt is null ? now + Look : null;
    }

    internal void Decline(string fault, DateTimeOffset now) =>
        (State, Fault, SettledAt, CheckAt) = (RefundState.Failed, fault, now, null);

    internal void Checked(string fault, DateTimeOffset now) => (Fault, CheckAt) = (fault, now + (ExternalId is null ? Retry : Look));
}

public enum DisputeState
{
    Open,
    Won,
    Lost,
}

/// <summary>A bank asks for its money back. While it is open nothing is owed; what is left of the credits waits aside.</summary>
public sealed class Dispute
{
    private Dispute()
    {
    }

    internal Dispute(Payment payment, DisputeFact fact, DateTimeOffset now)
    {
        (PaymentId, Gateway, Mode, ExternalId) = (payment.Id, payment.Gateway, payment.Mode, fact.DisputeId);
        (Amount, OpenedAt) = (fact.Amount, now);
    }

    public long Id { get; private set; }
    public long PaymentId { get; private set; }
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }
    public string ExternalId { get; private set; } = "";
    public long Amount { get; private set; }
    public DisputeState State { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>What ended stays so: a late "open" is old news.</summary>
    internal void Follow(DisputeState state, DateTimeOffset now)
    {
        if (State == DisputeState.Open && state != DisputeState.Open)
            (State, ClosedAt) = (state, now);
    }
}
