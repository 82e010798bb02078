using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>Asks gateways what became of things and hands their answers to the cashier: for returns, calls, and the sweep.</summary>
public sealed class Till(Database database, Gateways gateways, Cashier cashier)
{
    /// <summary>All facts of a call; one about money that nobody told us of is asked for first.</summary>
    internal async Task<(string Result, bool IsDone)> TakeInAsync(
        IGateway gateway, Counter at, IReadOnlyList<Fact> facts, CancellationToken cancel)
    {
        var results = new List<string>();
        foreach (var fact in facts)
        {
            var applied = await cashier.ApplyAsync(at, fact, cancel);
            if (applied == Applied.Unknown && PaymentOf(fact) is { } payment)
            {
                var told = await gateway.LookAtPaymentAsync(payment, cancel);
                if (told.Fault is { } fault)
                    return ($"asked about {payment}: {fault.Message}", false);
                foreach (var more in told.Value!)
                    await cashier.ApplyAsync(at, more, cancel);
                applied = await cashier.ApplyAsync(at, fact, cancel);
            }

            if (applied == Applied.Unknown)
                return ($"nobody knows {PaymentOf(fact)}", false);
            results.Add($"{fact.GetType().Name[..^4].ToLowerInvariant()}: {applied.ToString().ToLowerInvariant()}");
        }

        return (results.Count == 0 ? "nothing to do" : string.Join(", ", results), true);
    }

    /// <summary>The gateway's own word about an order, now. False when it could not be asked.</summary>
    public async Task<bool> LookAsync(Order order, CancellationToken cancel)
    {
        var at = new Counter(order.Gateway, order.Mode);
        if (order.ExternalId is null || gateways.Find(at) is not { } gateway)
            return false;
        var told = await gateway.LookAtOrderAsync(order, cancel);
        return told.Value is { } facts && (await TakeInAsync(gateway, at, facts, cancel)).IsDone;
    }

    internal async Task<bool> LookAsync(Subscription subscription, CancellationToken cancel)
    {
        var at = new Counter(subscription.Gateway, subscription.Mode);
        if (gateways.Find(at) is not { } gateway)
            return false;
        var told = await gateway.LookAtSubscriptionAsync(subscription, cancel);
        return told.Value is { } facts && (await TakeInAsync(gateway, at, facts, cancel)).IsDone;
    }

    /// <summary>The gateway is told what a person decided about their plan; where it does not answer, the sweep tells it again.</summary>
    internal async Task TellAsync(Subscription subscription, CancellationToken cancel)
    {
        var at = new Counter(subscription.Gateway, subscription.Mode);
        if (subscription.Wish == Wish.None || gateways.Find(at) is not { } gateway)
            return;
        var told = await gateway.TellAsync(subscription, subscription.Wish, cancel);
        if (told.Value is not { } fact)
            return;
        await database.WriteAsync(
            async write =>
            {
                await write.HoldAsync($"subscription {at.Gateway} {at.Mode} {subscription.ExternalId}");
                (await write.Db.Subscriptions.SingleAsync(s => s.Id == subscription.Id)).Heard(subscription.Wish, write.Now);
            },
            CancellationToken.None);
        await cashier.ApplyAsync(at, fact, cancel);
    }

    internal static string? PaymentOf(Fact fact) => fact switch
    {
        RefundFact refund => refund.PaymentId,
        DisputeFact dispute => dispute.PaymentId,
        _ => null,
    };
}
