using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>What money was for: an order, or a period of a subscription.</summary>
internal sealed record Subject(Order? Order, Subscription? Subscription)
{
    internal long UserId => Subscription?.UserId ?? Order!.UserId;
    internal bool IsPlan => Subscription is not null;
    internal long CreditsEach => Subscription?.Credits ?? Order!.Credits;
    internal int Months => Subscription?.Months ?? 1;

    /// <summary>Held until the write ends. Null when the house knows neither.</summary>
    internal static async Task<Subject?> FindAsync(Write write, Counter at, PaymentFact fact)
    {
        if (fact.SubscriptionId is { } name)
        {
            await write.HoldAsync($"subscription {at.Gateway} {at.Mode} {name}");
            var subscription = await write.Db.Subscriptions
                .SingleOrDefaultAsync(s => s.Gateway == at.Gateway && s.Mode == at.Mode && s.ExternalId == name);
            return subscription is null ? null : new Subject(await OrderAsync(write, o => o.Id == subscription.OrderId), subscription);
        }

        var order = fact.OrderId is { } id
            ? await OrderAsync(write, o => o.Gateway == at.Gateway && o.Mode == at.Mode && o.ExternalId == id)
            : null;
        order ??= fact.Number is { } number ? await OrderAsync(write, o => o.Number == number && o.Gateway == at.Gateway && o.Mode == at.Mode) : null;
        return order is { Kind: OrderKind.Credits } ? new Subject(order, null) : null;
    }

    /// <summary>Money for somebody who has left is nobody's: an admin sends it back.</summary>
    internal static async Task<PaymentFault?> FaultAsync(Write write, Subject? subject, PaymentFact fact) =>
        subject is null ? PaymentFault.NoOrder
        : subject.FaultOf(fact) is { } fault ? fault
        : await write.Db.Users.AnyAsync(user => user.Id == subject.UserId) ? null
        : PaymentFault.Person;

    /// <summary>Why money for this gives nothing; null when it is what was asked for.</summary>
    private PaymentFault? FaultOf(PaymentFact fact)
    {
        var (amount, currency) = Subscription is { } plan ? (plan.Amount, plan.Currency) : (Order!.Amount, Order.Currency);
        return fact.Currency != currency ? PaymentFault.Currency
            : fact.Amount != amount ? PaymentFault.Amount
            : fact.Person is { } person && person != UserId ? PaymentFault.Person
            : fact.Number is { } number && Order is not null && number != Order.Number ? PaymentFault.Order
            : Subscription is null && Order!.State == OrderState.Paid ? PaymentFault.PaidTwice
            : null;
    }

    private static async Task<Order?> OrderAsync(Write write, System.Linq.Expressions.Expression<Func<Order, bool>> which)
    {
        if (await write.Db.Orders.Where(which).Select(o => (long?)o.Id).SingleOrDefaultAsync() is not { } id)
            return null;
        await write.HoldAsync($"order {id}");
        return await write.Db.Orders.SingleAsync(o => o.Id == id);
    }
}
