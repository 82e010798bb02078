using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Payments;

/// <summary>From a decision to a page where it can be paid. The price is the catalogue's, whatever a form said.</summary>
public sealed partial class Checkout(
    Database database, Gateways gateways, Catalogue catalogue, IStringLocalizer<Words> words, IOptionsMonitor<SiteOptions> site,
    TimeProvider clock, ILogger<Checkout> log)
{
    /// <summary>Null when that many are not sold, or not in that currency.</summary>
    public async Task<Purchase?> CreditsAsync(long userId, string key, long credits, string currency, string returnTo)
    {
        var price = (await catalogue.CreditsAsync()).FirstOrDefault(one => one.Currency == currency);
        return price is null || !Exchange.IsSold(credits) ? null
            : new Purchase(userId, key, OrderKind.Credits, credits, price.For(credits), ReturnTo: returnTo);
    }

    /// <summary>Null when that plan is not sold. Whoever has a plan changes it: the old one is not renewed once the new one is paid.</summary>
    public async Task<Purchase?> PlanAsync(long userId, string key, long planPriceId)
    {
        if (await catalogue.PlanAsync(planPriceId) is not { } plan)
            return null;
        await using var db = database.OpenReader();
        var running = await db.Subscriptions.Where(s => s.UserId == userId && (s.State == SubscriptionState.Active || s.State == SubscriptionState.PastDue))
            .OrderByDescending(s => s.Id).Select(s => (long?)s.Id).FirstOrDefaultAsync();
        return new Purchase(userId, key, OrderKind.Plan, plan.Credits, plan.Price, plan.Period, plan.Id, running);
    }

    /// <summary>The order; pressed twice, it is the one of the first time. Null when nobody takes money here under that name.</summary>
    public async Task<Order?> PlaceAsync(Purchase purchase, string gateway)
    {
        if (gateways.Find(gateway) is not { Traits: { } traits } taker)
            return null;
        return await database.WriteAsync(async write =>
        {
            await write.HoldAsync($"orders of {purchase.UserId}");
            var order = await write.Db.Orders.SingleOrDefaultAsync(o => o.UserId == purchase.UserId && o.Key == purchase.Key);
            if (order is null)
                write.Db.Orders.Add(order = new Order(purchase, taker.Name, traits.Mode, write.Now));
            return order;
        });
    }

    /// <summary>Asks the gateway for a page to pay at, unless there is one. Null when it is there now.</summary>
    public async Task<GatewayFault?> BeginAsync(Order order, string email, CancellationToken cancel)
    {
        if (order.CheckoutAddress.Length > 0 || order.State == OrderState.Paid)
            return null;
        if (gateways.Find(new Counter(order.Gateway, order.Mode)) is not { } gateway)
            return new GatewayFault("gone", words["Nobody takes money for this order any more."], IsFinal: true);
        if (order.ExpiresAt <= clock.GetUtcNow())
            return new GatewayFault("lapsed", words["This order is older than a day. Begin a new one."], IsFinal: true);
        var title = order.Kind == OrderKind.Plan
            ? words["{0}: {1:N0} credits a month", site.CurrentValue.Name, order.Credits]
            : words["{0}: {1:N0} credits", site.CurrentValue.Name, order.Credits];
        var ask = new CheckoutAsk(order, email, title, site.CurrentValue.At("/billing/return/" + order.Number), await PlanAsync(order, cancel));
        var told = await gateway.StartAsync(ask, cancel);
        if (told.Fault is { } fault)
        {
            Log.NotBegun(log, order.Number, fault.Code);
            return fault;
        }

        await database.WriteAsync(write => KeepAsync(write, order.Id, told.Value!), CancellationToken.None);
        return null;
    }

    private async Task<GatewayPlan?> PlanAsync(Order order, CancellationToken cancel)
    {
        if (order.Kind != OrderKind.Plan)
            return null;
        await using var db = database.OpenReader();
        return await db.GatewayPlans.OrderByDescending(p => p.Id).FirstOrDefaultAsync(
            p => p.Gateway == order.Gateway && p.Mode == order.Mode && p.Credits == order.Credits && p.Period == order.Period
                && p.Amount == order.Amount && p.Currency == order.Currency, cancel);
    }

    private static async Task KeepAsync(Write write, long orderId, CheckoutStart start)
    {
        await write.HoldAsync($"order {orderId}");
        var order = await write.Db.Orders.SingleAsync(o => o.Id == orderId);
        if (order.ExternalId is not null)
            return;
        order.Begin(start);
        if (start.Plan is { } plan && !await write.Db.GatewayPlans.AnyAsync(p => p.Gateway == plan.Gateway && p.Mode == plan.Mode && p.Account == plan.Account
            && p.Credits == plan.Credits && p.Period == plan.Period && p.Amount == plan.Amount && p.Currency == plan.Currency))
            write.Db.GatewayPlans.Add(plan);
        if (order.Kind == OrderKind.Plan)
            write.Db.Subscriptions.Add(new Subscription(order, start.ExternalId, write.Now));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Order {Order} has no page to pay at: the gateway said {Code}")]
        public static partial void NotBegun(ILogger logger, string order, string code);
    }
}
