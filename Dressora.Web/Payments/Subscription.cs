namespace Dressora.Web.Payments;

public enum SubscriptionState
{
    /// <summary>Nobody has agreed to it at the gateway yet.</summary>
    Waiting,
    Active,

    /// <summary>The last renewal was not paid; the gateway tries again.</summary>
    PastDue,
    Ended,
}

/// <summary>What the gateway is still to be told.</summary>
public enum Wish
{
    None,
    Cancel,
    Resume,
}

/// <summary>A plan that is paid again and again. The gateway's word is its state; we only ask and follow.</summary>
public sealed class Subscription
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Again = TimeSpan.FromHours(6);

    private Subscription()
    {
    }

    internal Subscription(Order order, string externalId, DateTimeOffset now)
    {
        (OrderId, UserId, Gateway, Mode, ExternalId) = (order.Id, order.UserId, order.Gateway, order.Mode, externalId);
        (Credits, Period, Amount, Currency) = (order.Credits, order.Period!.Value, order.Amount, order.Currency);
        CreatedAt = now;
    }

    public long Id { get; private set; }
    public long OrderId { get; private set; }
    public long UserId { get; private set; }
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }
    public string ExternalId { get; private set; } = "";
    public long Credits { get; private set; }
    public Period Period { get; private set; }
    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public SubscriptionState State { get; private set; }

    /// <summary>It is not renewed.</summary>
    public bool EndsAtEnd { get; private set; }
    public Wish Wish { get; private set; }
    public DateTimeOffset? StartsAt { get; private set; }
    public DateTimeOffset? EndsAt { get; private set; }
    public DateTimeOffset? CheckAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public Money Price => new(Amount, Currency);
    public bool IsRunning => State is SubscriptionState.Active or SubscriptionState.PastDue;
    public int Months => Period == Period.Year ? 12 : 1;

    /// <summary>Wishes that the gateway has not heard yet count already for whoever reads.</summary>
    public bool IsEnding => Wish == Wish.Cancel || (EndsAtEnd && Wish != Wish.Resume);

    internal void Follow(SubscriptionFact fact, DateTimeOffset now)
    {
        if (State == SubscriptionState.Ended)
            return;
        // Events overtake each other: a period only ever moves on, and what was paid for is not waited for any more.
        if (fact.EndsAt > (EndsAt ?? DateTimeOffset.MinValue))
            (StartsAt, EndsAt) = (fact.StartsAt, fact.EndsAt);
        if (fact.State != SubscriptionState.Waiting || State == SubscriptionState.Waiting)
            State = fact.State;
        EndsAtEnd = fact.EndsAtEnd ?? EndsAtEnd;
        if (State == SubscriptionState.Ended)
            (EndedAt, Wish) = (now, Wish.None);
        Schedule(now);
    }

    /// <summary>A period was paid.</summary>
    internal void Renew(DateTimeOffset starts, DateTimeOffset ends, DateTimeOffset now)
    {
        if (State != SubscriptionState.Ended)
            State = SubscriptionState.Active;
        if (ends > (EndsAt ?? DateTimeOffset.MinValue))
            (StartsAt, EndsAt) = (starts, ends);
        Schedule(now);
    }

    internal void Want(Wish wish, DateTimeOffset now)
    {
        if (State != SubscriptionState.Ended)
            (Wish, CheckAt) = (wish, now);
    }

    internal void Heard(Wish wish, DateTimeOffset now)
    {
        if (Wish != wish)
            return;
        EndsAtEnd = wish == Wish.Cancel;
        Wish = Wish.None;
        Schedule(now);
    }

    internal void Checked(DateTimeOffset now)
    {
        if (State != SubscriptionState.Ended)
            CheckAt = Wish != Wish.None || EndsAt > now ? Later(now) : now + Again;
    }

    private void Schedule(DateTimeOffset now) =>
        CheckAt = State == SubscriptionState.Ended ? null : Wish != Wish.None ? now : Later(now);

    private DateTimeOffset Later(DateTimeOffset now) => Wish != Wish.None ? now + Soon
        : EndsAt > now ? EndsAt.Value + Soon
        : now + Soon;
}
