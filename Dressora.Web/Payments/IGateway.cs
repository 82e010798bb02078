namespace Dressora.Web.Payments;

/// <summary>
/// A company that takes money. It signs what it tells us and answers our questions; it moves no credits and knows no
/// database of ours. Whatever goes wrong with it is an answer, never an exception.
/// </summary>
public interface IGateway
{
    string Name { get; }

    /// <summary>Null while it is not set up: then nobody can pay with it and nothing it says counts.</summary>
    GatewayTraits? Traits { get; }

    /// <summary>Asked again for the same order it answers with the same checkout.</summary>
    Task<Told<CheckoutStart>> StartAsync(CheckoutAsk ask, CancellationToken cancel);

    /// <summary>What the browser brought back is believed only as a reason to look.</summary>
    Task<ReturnRead> ReadReturnAsync(Order order, IReadOnlyDictionary<string, string> fields);

    Task<WebhookRead> ReadWebhookAsync(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body);

    Task<Told<IReadOnlyList<Fact>>> LookAtOrderAsync(Order order, CancellationToken cancel);

    /// <summary>The payment, then its refunds.</summary>
    Task<Told<IReadOnlyList<Fact>>> LookAtPaymentAsync(string paymentId, CancellationToken cancel);

    /// <summary>Its state, then every payment for it.</summary>
    Task<Told<IReadOnlyList<Fact>>> LookAtSubscriptionAsync(Subscription subscription, CancellationToken cancel);

    /// <summary>Payments and refunds since then, a page at a time.</summary>
    Task<Told<FactPage>> ListAsync(DateTimeOffset since, int page, CancellationToken cancel);

    /// <summary>The same key twice is one refund.</summary>
    Task<Told<RefundFact>> RefundAsync(Payment payment, Refund refund, CancellationToken cancel);

    /// <summary>Ends it with its period, or takes that back.</summary>
    Task<Told<SubscriptionFact>> TellAsync(Subscription subscription, Wish wish, CancellationToken cancel);

    /// <summary>Null when the key works.</summary>
    Task<GatewayFault?> TestKeyAsync(CancellationToken cancel);
}

/// <param name="IsRehearsal">No money moves, whatever people press.</param>
/// <param name="CanResume">A plan that was told to end may be told to go on.</param>
public sealed record GatewayTraits(string Title, Mode Mode, bool IsRehearsal, bool CanResume, bool ComesBack);

public sealed record CheckoutAsk(Order Order, string Email, string Title, Uri ReturnAddress, GatewayPlan? Plan);

/// <param name="Plan">A price that the gateway knows from now on.</param>
public sealed record CheckoutStart(string ExternalId, string Address, GatewayPlan? Plan = null);

public enum ReturnRead
{
    /// <summary>Somebody paid, says a signature: time to look.</summary>
    Proven,
    Silent,
    Forged,
}

public abstract record WebhookRead
{
    private WebhookRead()
    {
    }

    public sealed record Rejected(string Why) : WebhookRead;

    /// <param name="EventId">The gateway's, or one made of the body.</param>
    public sealed record Said(string EventId, string Event, IReadOnlyList<Fact> Facts) : WebhookRead;
}

public sealed record FactPage(IReadOnlyList<Fact> Facts, bool HasMore);

/// <param name="IsFinal">Asking again changes nothing.</param>
public sealed record GatewayFault(string Code, string Message, bool IsFinal);

/// <summary>An answer, or why there is none.</summary>
public sealed record Told<T>(T? Value, GatewayFault? Fault)
    where T : class
{
    public static implicit operator Told<T>(T value) => new(value, null);

    public static implicit operator Told<T>(GatewayFault fault) => new(null, fault);
}

/// <summary>A price as a gateway knows it.</summary>
public sealed class GatewayPlan
{
    private GatewayPlan()
    {
    }

    public GatewayPlan(Order order, string account, string externalId)
    {
        (Gateway, Mode, Account, ExternalId) = (order.Gateway, order.Mode, account, externalId);
        (Credits, Period, Amount, Currency) = (order.Credits, order.Period!.Value, order.Amount, order.Currency);
    }

    public long Id { get; private set; }
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }

    /// <summary>Whose plan it is over there; another key may be another account.</summary>
    public string Account { get; private set; } = "";
    public long Credits { get; private set; }
    public Period Period { get; private set; }
    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";
    public string ExternalId { get; private set; } = "";
}
