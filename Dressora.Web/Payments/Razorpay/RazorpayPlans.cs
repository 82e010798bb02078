using System.Globalization;
using System.Text.Json;

namespace Dressora.Web.Payments.Razorpay;

/// <summary>Subscriptions: a plan of theirs for each price, a page of theirs to agree to it, an invoice each period.</summary>
internal sealed class RazorpayPlans(RazorpayLine line)
{
    private const int YearsMax = 10;

    internal async Task<Told<CheckoutStart>> StartAsync(CheckoutAsk ask, CancellationToken cancel)
    {
        var (order, plan) = (ask.Order, ask.Plan);
        if (plan is null || plan.Account != line.Options.RazorpayId)
        {
            var made = await line.PostAsync(
                "plans",
                new
                {
                    period = order.Period == Period.Year ? "yearly" : "monthly",
                    interval = 1,
                    item = new { name = ask.Title, amount = order.Amount, currency = order.Currency, description = ask.Title },
                },
                cancel);
            if (made.Value?.Body.Text("id") is not { } id)
                return made.Fault ?? RazorpayLinks.Strange;
            plan = new GatewayPlan(order, line.Options.RazorpayId, id);
        }

        var told = await line.PostAsync(
            "subscriptions",
            new
            {
                plan_id = plan.ExternalId,
                total_count = order.Period == Period.Year ? YearsMax : YearsMax * 12,
                quantity = 1,
                customer_notify = false,
                expire_by = order.ExpiresAt.ToUnixTimeSeconds(),
                notes = RazorpayLinks.Notes(order),
            },
            cancel);
        return told.Value is { } begun && begun.Body.Text("id") is { } name && begun.Body.Text("short_url") is { } address
            ? new CheckoutStart(name, address, ask.Plan == plan ? null : plan)
            : told.Fault ?? RazorpayLinks.Strange;
    }

    internal async Task<Told<IReadOnlyList<Fact>>> LookAsync(string id, CancellationToken cancel)
    {
        var told = await line.GetAsync("subscriptions/" + id, cancel);
        if (told.Value is not { } plan)
            return told.Fault!;
        var invoices = await line.GetAsync($"invoices?subscription_id={id}&count=100", cancel);
        if (invoices.Value is not { } list)
            return invoices.Fault!;
        var facts = list.Body.Items("items").Select(invoice => Paid(invoice, id)).OfType<Fact>().ToList();
        if (RazorpayWords.Subscription(plan.Body) is { } fact)
            facts.Add(fact);
        return facts;
    }

    internal async Task<Told<SubscriptionFact>> CancelAsync(string id, CancellationToken cancel)
    {
        var told = await line.PostAsync($"subscriptions/{id}/cancel", new { cancel_at_cycle_end = true }, cancel);
        if (told.Value is { } plan && RazorpayWords.Subscription(plan.Body) is { } fact)
            return fact with { EndsAtEnd = true };
        // One that never began, or is over, cannot be cancelled; its state says so.
        var looked = told.Fault is { IsFinal: true } ? await line.GetAsync("subscriptions/" + id, cancel) : null;
        return looked?.Value is { } over && RazorpayWords.Subscription(over.Body) is { State: SubscriptionState.Ended } ended
            ? ended
            : told.Fault ?? RazorpayLinks.Strange;
    }

    internal static PaymentFact? Paid(JsonElement invoice, string subscriptionId) =>
        invoice.Text("status") == "paid" && invoice.Text("payment_id") is { } payment
        && (invoice.Whole("amount_paid") ?? invoice.Whole("amount")) is { } amount && invoice.Text("currency") is { } currency
            ? new PaymentFact(
                payment, PaymentState.Captured, amount, currency.ToUpper(CultureInfo.InvariantCulture), SubscriptionId: subscriptionId,
                StartsAt: invoice.Instant("billing_start"), EndsAt: invoice.Instant("billing_end"))
            : null;
}
