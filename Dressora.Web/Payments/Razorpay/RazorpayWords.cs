using System.Globalization;
using System.Text.Json;

namespace Dressora.Web.Payments.Razorpay;

/// <summary>Their entities and events as facts. What a status says counts; an event's name and its flags often lag behind.</summary>
internal static class RazorpayWords
{
    internal static IReadOnlyList<Fact> Facts(JsonElement said)
    {
        var (name, payload) = (said.Text("event") ?? "", said.Child("payload"));
        if (payload is not { } parts)
            return [];
        var payment = parts.Entity("payment") is { } money ? Payment(money) : null;
        Fact?[] facts = name switch
        {
            _ when name.StartsWith("payment.dispute.", StringComparison.Ordinal) => [Dispute(name, parts.Entity("dispute"))],
            _ when name.StartsWith("payment.", StringComparison.Ordinal) || name == "order.paid" => [OfPeriod(parts) ? null : payment],
            "payment_link.paid" => [Linked(payment, parts.Entity("payment_link"))],
            _ when name.StartsWith("refund.", StringComparison.Ordinal) => [OfPeriod(parts) ? null : payment, Refund(name, parts.Entity("refund"))],
            "subscription.charged" => Charged(payment, parts.Entity("subscription")),
            _ when name.StartsWith("subscription.", StringComparison.Ordinal) => [parts.Entity("subscription") is { } plan ? Subscription(plan) : null],
            _ => [],
        };
        return [.. facts.OfType<Fact>()];
    }

    internal static PaymentFact? Payment(JsonElement payment) =>
        payment.Text("id") is { } id && payment.Whole("amount") is { } amount && payment.Text("currency") is { } currency
            ? new PaymentFact(
                id, State(payment.Text("status")), amount, currency.ToUpper(CultureInfo.InvariantCulture), payment.Text("order_id"),
                payment.Child("notes")?.Text("order"), null, payment.Child("notes")?.Whole("person"))
            : null;

    internal static RefundFact? Refund(string name, JsonElement? entity) =>
        entity is { } refund && refund.Text("id") is { } id && refund.Text("payment_id") is { } payment && refund.Whole("amount") is > 0 and var amount
            ? new RefundFact(
                id, payment,
                name == "refund.failed" || refund.Text("status") == "failed" ? RefundState.Failed
                    : refund.Text("status") == "processed" ? RefundState.Succeeded : RefundState.Pending,
                amount, refund.Text("currency") ?? "", refund.Child("notes")?.Text("key"))
            : null;

    internal static SubscriptionFact? Subscription(JsonElement plan) => plan.Text("id") is { } id
        ? new SubscriptionFact(
            id,
            plan.Text("status") switch
            {
                "active" => SubscriptionState.Active,
                "pending" or "halted" or "paused" => SubscriptionState.PastDue,
                "cancelled" or "completed" or "expired" => SubscriptionState.Ended,
                _ => SubscriptionState.Waiting,
            },
            plan.Instant("current_start"), plan.Instant("current_end"), null)
        : null;

    /// <summary>A renewal also comes as a plain payment, which does not say of which plan it is.</summary>
    private static bool OfPeriod(JsonElement parts) => parts.Entity("payment")?.Text("invoice_id") is not null;

    private static PaymentFact? Linked(PaymentFact? payment, JsonElement? link) => payment is null || link is null ? payment
        : payment with { OrderId = link.Value.Text("id"), Number = link.Value.Text("reference_id") ?? payment.Number };

    private static Fact?[] Charged(PaymentFact? payment, JsonElement? entity)
    {
        if (entity is not { } plan || Subscription(plan) is not { } fact)
            return [];
        // The order is theirs, made for the period.
        return [payment is null ? null : payment with { OrderId = null, SubscriptionId = fact.SubscriptionId, StartsAt = fact.StartsAt, EndsAt = fact.EndsAt }, fact];
    }

    private static DisputeFact? Dispute(string name, JsonElement? entity) =>
        entity is { } dispute && dispute.Text("id") is { } id && dispute.Text("payment_id") is { } payment && dispute.Whole("amount") is > 0 and var amount
            ? new DisputeFact(
                id, payment,
                name.EndsWith(".lost", StringComparison.Ordinal) || dispute.Text("status") == "lost" ? DisputeState.Lost
                    : name.EndsWith(".won", StringComparison.Ordinal) || name.EndsWith(".closed", StringComparison.Ordinal)
                        || dispute.Text("status") is "won" or "closed" ? DisputeState.Won
                    : DisputeState.Open,
                amount, dispute.Text("currency") ?? "")
            : null;

    /// <summary>What was refunded was captured before; the refunds tell the rest.</summary>
    private static PaymentState State(string? status) => status switch
    {
        "captured" or "refunded" => PaymentState.Captured,
        "failed" => PaymentState.Failed,
        _ => PaymentState.Pending,
    };
}
