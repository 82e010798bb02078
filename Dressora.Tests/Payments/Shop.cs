using System.Text;
using System.Text.Json;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Dressora.Web.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Payments;

/// <summary>A site that sells with the demo checkout, a person who buys, and everything a payment company could say about it.</summary>
public sealed class Shop : IAsyncDisposable
{
    public static readonly Counter Demo = new("demo", Mode.Test);
    private static readonly string[] NoAllowances = ["Allowances:MonthlyCredits=0", "Allowances:DailyChat=0", "Allowances:DailyImages=0"];

    private Shop(Site site) => Site = site;

    public Site Site { get; }
    public long UserId { get; private set; }
    public Cashier Cashier => Get<Cashier>();

    public static async Task<Shop> OpenAsync(Engine engine = Engine.Sqlite, params string[] settings)
    {
        var shop = new Shop(await Site.StartAsync(engine, LetWait, [.. NoAllowances, .. settings]));
        shop.UserId = (await shop.Site.PersonAsync()).Id;
        return shop;
    }

    public T Get<T>()
        where T : notnull => Site.Services.GetRequiredService<T>();

    /// <summary>An order at the demo's, not paid yet.</summary>
    public async Task<Order> OrderAsync(long credits = 1_000, long? userId = null, string currency = "USD")
    {
        var checkout = Get<Checkout>();
        var purchase = await checkout.CreditsAsync(userId ?? UserId, Guid.NewGuid().ToString("N"), credits, currency, "");
        var order = (await checkout.PlaceAsync(purchase!, "demo"))!;
        await checkout.BeginAsync(order, "asha@example.org", default);
        return await FreshAsync(order);
    }

    public async Task<Order> PlanAsync(long credits = 1_000, Period period = Period.Month)
    {
        var checkout = Get<Checkout>();
        var price = (await Get<Catalogue>().PlansAsync()).Single(p => p.Credits == credits && p.Period == period && p.Currency == "USD");
        var order = (await checkout.PlaceAsync((await checkout.PlanAsync(UserId, Guid.NewGuid().ToString("N"), price.Id))!, "demo"))!;
        await checkout.BeginAsync(order, "asha@example.org", default);
        return await FreshAsync(order);
    }

    public Task<Order> FreshAsync(Order order) => Site.ReadAsync(db => db.Orders.SingleAsync(o => o.Id == order.Id));

    public static PaymentFact Paid(Order order, string payment = "pay_1") => new(
        payment, PaymentState.Captured, order.Amount, order.Currency, order.ExternalId, order.Number, null, order.UserId);

    public Task<Applied> ApplyAsync(Fact fact) => Cashier.ApplyAsync(Demo, fact);

    /// <summary>Bought and paid: the order, and its payment's row.</summary>
    public async Task<Payment> BuyAsync(long credits = 1_000, string payment = "pay_1")
    {
        await ApplyAsync(Paid(await OrderAsync(credits), payment));
        return await PaymentAsync(payment);
    }

    public Task<Payment> PaymentAsync(string id) => Site.ReadAsync(db => db.Payments.SingleAsync(p => p.ExternalId == id));

    public async Task<long> AvailableAsync(long? userId = null) => (await Get<Balances>().SumsAsync(userId ?? UserId)).Available;

    public async Task<long> DebtAsync() => await Site.ReadAsync(db => db.CreditAccounts.Where(a => a.UserId == UserId).Select(a => a.Debt).SingleOrDefaultAsync());

    /// <summary>Spends through a hold, as jobs do.</summary>
    public async Task SpendAsync(long credits, string reference = "job:1")
    {
        var ledger = Get<CreditLedger>();
        await Site.Database.WriteAsync(write => ledger.FreezeAsync(write, new Command("freeze " + reference), UserId, credits, reference));
        await Site.Database.WriteAsync(write => ledger.SettleAsync(write, new Command("settle " + reference), reference, credits));
    }

    public async Task<DemoView> DemoAsync(Order order) => (await Get<DemoDesk>().FindAsync(order.Number, order.UserId, default))!;

    /// <summary>Presses a button of the demo's page and has what it told us worked.</summary>
    public async Task<string> PressAsync(Order order, DemoAct act)
    {
        var path = await Get<DemoDesk>().DoAsync(await DemoAsync(order), act, default);
        await WorkAsync();
        return path;
    }

    /// <summary>All calls that are due are worked.</summary>
    public async Task WorkAsync()
    {
        while (await Get<Inbox>().WorkNextAsync(default))
        {
        }
    }

    public Task SweepAsync() => Get<Sweep>().AskAsync(default);

    /// <summary>The books, played again from nothing.</summary>
    public async Task<string?> FaultAsync() => (await Get<Verifier>().VerifyAsync()).Fault;

    /// <summary>Calls are worked when a test says so.</summary>
    private static void LetWait(WebApplicationBuilder builder) =>
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(InboxWorker)));

    public static byte[] Json(object body) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body));

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
