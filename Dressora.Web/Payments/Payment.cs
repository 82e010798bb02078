using Dressora.Web.Data;

namespace Dressora.Web.Payments;

public enum PaymentState
{
    Pending,

    /// <summary>So far: a bank may still say yes, days later.</summary>
    Failed,
    Captured,

    /// <summary>The money is there, but it is not what we asked for: nothing is given until an admin has looked.</summary>
    Refused,
}

public enum PaymentFault
{
    NoOrder,
    Amount,
    Currency,
    Person,
    PaidTwice,

    /// <summary>It names one order and was made for another.</summary>
    Order,
}

/// <summary>Money that a gateway has a name for. Whoever tells of it and however often, it gives its credits once.</summary>
public sealed class Payment
{
    private Payment()
    {
    }

    internal Payment(Counter at, PaymentFact fact, DateTimeOffset now) =>
        (Gateway, Mode, ExternalId, Amount, Currency, SeenAt) = (at.Gateway, at.Mode, fact.PaymentId, fact.Amount, fact.Currency, now);

    public long Id { get; private set; }
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }
    public string ExternalId { get; private set; } = "";
    public long? OrderId { get; private set; }
    public long? SubscriptionId { get; private set; }
    public long? UserId { get; private set; }
    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public PaymentState State { get; private set; }
    public PaymentFault? Fault { get; private set; }

    /// <summary>The admin who dealt with money that was refused.</summary>
    public long? SettledBy { get; private set; }

    /// <summary>All that it pays for; a year's plan gives it month by month.</summary>
    public long Credits { get; private set; }
    public int Months { get; private set; }
    public int GrantedMonths { get; private set; }
    public long Granted { get; private set; }

    /// <summary>Taken back before it was given: months that are still to come.</summary>
    public long Withheld { get; private set; }

    /// <summary>All that was taken back in any way; <see cref="Lapsed"/> of it had run out before.</summary>
    public long Reversed { get; private set; }
    public long Lapsed { get; private set; }
    public int Turns { get; private set; }
    public DateTimeOffset? BeginsAt { get; private set; }
    public DateTimeOffset? NextGrantAt { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }
    public DateTimeOffset? CapturedAt { get; private set; }

    public Money Price => new(Amount, Currency);

    /// <summary>Its name in the ledger, which no other mode or gateway can take.</summary>
    public string Key => $"{Gateway}:{(Mode == Mode.Live ? "live" : "test")}:{ExternalId}";

    internal void For(Subject subject) => (OrderId, SubscriptionId, UserId) = (subject.Order?.Id, subject.Subscription?.Id, subject.UserId);

    internal void Move(PaymentState state)
    {
        if (State is PaymentState.Pending or PaymentState.Failed)
            State = state;
    }

    internal void Refuse(PaymentFault fault) => (State, Fault) = (PaymentState.Refused, fault);

    internal void Settle(long actorId) => SettledBy = actorId;

    internal void Capture(PaymentFact fact, Subject subject, DateTimeOffset now)
    {
        For(subject);
        (Amount, Currency, Fault, State, CapturedAt) = (fact.Amount, fact.Currency, null, PaymentState.Captured, now);
        Months = subject.Months;
        Credits = subject.CreditsEach * Months;
        BeginsAt = subject.IsPlan ? InstantConverter.Whole(fact.StartsAt ?? now) : now;
    }

    /// <summary>Of the next part: up to what was paid for by then, less what is taken back.</summary>
    internal long Due(int month) => Math.Clamp((Credits / Months * (month + 1)) - Granted, 0, Credits - Withheld - Granted);

    internal void Give(long credits)
    {
        Granted += credits;
        GrantedMonths++;
        NextGrantAt = GrantedMonths < Months ? BeginsAt!.Value.AddMonths(GrantedMonths) : null;
    }

    internal int Turn() => ++Turns;

    internal long Withhold(long most)
    {
        var part = Math.Min(most, GrantedMonths < Months ? Credits - Granted - Withheld : 0);
        Withheld += part;
        Reversed += part;
        return part;
    }

    internal void Reverse(long credits, long lapsed) => (Reversed, Lapsed) = (Reversed + credits, Lapsed + lapsed);

    /// <summary>How much of a restoration is to be given anew: months to come are simply let go, what had lapsed stays so.</summary>
    internal long Restore(long most)
    {
        var (let, lapsed) = (Math.Min(most, GrantedMonths < Months ? Withheld : 0), 0L);
        Withheld -= let;
        lapsed = Math.Min(most - let, Lapsed);
        Lapsed -= lapsed;
        Reversed -= most;
        return most - let - lapsed;
    }
}

/// <summary>A source in the ledger under which a payment gave credits.</summary>
public sealed record PaymentGrant(string Source, long PaymentId, int Turn, long Credits, DateTimeOffset At);
