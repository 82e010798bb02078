using System.Text.Json.Serialization;

namespace Dressora.Web.Payments;

/// <summary>Which books something stands in: ids of one mode mean nothing in the other.</summary>
public sealed record Counter(string Gateway, Mode Mode);

/// <summary>
/// What a gateway says about money, in our words. It comes from a signed call or from an answer to our own question;
/// what a browser brings is neither.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(PaymentFact), "payment")]
[JsonDerivedType(typeof(RefundFact), "refund")]
[JsonDerivedType(typeof(DisputeFact), "dispute")]
[JsonDerivedType(typeof(SubscriptionFact), "subscription")]
public abstract record Fact
{
    private protected Fact()
    {
    }
}

/// <param name="OrderId">The gateway's own name for what was to be paid.</param>
/// <param name="Number">Our order's number, where the gateway carried it along.</param>
/// <param name="Person">Whom the gateway was told it is for.</param>
public sealed record PaymentFact(
    string PaymentId, PaymentState State, long Amount, string Currency, string? OrderId = null, string? Number = null,
    string? SubscriptionId = null, long? Person = null, DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null) : Fact;

/// <param name="Key">The one we sent with our wish; null for what somebody did at the gateway.</param>
public sealed record RefundFact(
    string RefundId, string PaymentId, RefundState State, long Amount, string Currency, string? Key = null) : Fact;

public sealed record DisputeFact(string DisputeId, string PaymentId, DisputeState State, long Amount, string Currency) : Fact;

/// <param name="EndsAtEnd">Null where the gateway did not say.</param>
public sealed record SubscriptionFact(
    string SubscriptionId, SubscriptionState State, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool? EndsAtEnd) : Fact;

/// <summary>What came of one fact.</summary>
public enum Applied
{
    /// <summary>Credits came in.</summary>
    Granted,

    /// <summary>Everything it says was known.</summary>
    Known,

    /// <summary>Written down; no credits moved.</summary>
    Noted,

    /// <summary>Credits went, or came back.</summary>
    Reversed,

    /// <summary>The money is not what we asked for.</summary>
    Refused,

    /// <summary>It is about money or a plan that nobody told us of yet: ask the gateway.</summary>
    Unknown,
}
