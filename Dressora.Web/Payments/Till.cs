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
        var (results, isDone) = (new List<string>(), true);
        foreach (var fact in facts)
        {
            var applied = await cashier.ApplyAsync(at, fact, cancel);
            if (applied == Applied.Unknown)
                applied = await AskFirstAsync(gateway, at, fact, cancel);
            isDone &= applied != Applied.Unknown;
            results.Add($"{fact.GetType().Name[..^4].ToLowerInvariant()}: {applied.ToString().ToLowerInvariant()}");
        }

        return (results.Count == 0 ? "nothing to do" : string.Join(", ", results), isDone);
    }

    private async Task<Applied> AskFirstAsync(IGateway gateway, Counter at, Fact fact, CancellationToken cancel)
    {
        if (PaymentOf(fact) is not { } payment || (await gateway.LookAtPaymentAsync(payment, cancel)).Value is not { } told)
            return Applied.Unknown;
        foreach (var more in told)
            await cashier.ApplyAsync(at, more, cancel);
        return await cashier.ApplyAsync(at, fact, cancel);
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

    private static string? PaymentOf(Fact fact) => fact switch
    {
        RefundFact refund => refund.PaymentId,
        DisputeFact dispute => dispute.PaymentId,
        _ => null,
    };
}
