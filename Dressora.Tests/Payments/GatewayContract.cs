using Dressora.Tests.Harness;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>What every gateway promises, whoever it is.</summary>
public abstract class GatewayContract : IAsyncLifetime
{
    private protected Shop Shop { get; private set; } = null!;

    private protected abstract string Name { get; }

    private protected IGateway Gateway => Shop.Get<Gateways>().Find(Name)!;

    private protected Counter At => new(Name, Gateway.Traits!.Mode);

    public virtual async Task InitializeAsync() => Shop = await Shop.OpenAsync(Engine.Sqlite, await SettingsAsync());

    public virtual async Task DisposeAsync() => await Shop.DisposeAsync();

    [Fact]
    public async Task The_same_order_has_one_checkout()
    {
        var order = await OrderAsync();
        var ask = new CheckoutAsk(order, "asha@example.org", "Credits", new Uri("https://dressora.test/billing/return/" + order.Number), null);

        var again = await Gateway.StartAsync(ask, default);

        Assert.Equal((order.ExternalId, order.CheckoutAddress), (again.Value!.ExternalId, again.Value.Address));
    }

    [Fact]
    public async Task A_return_without_a_signature_is_silent_and_with_another_is_forged()
    {
        var order = await OrderAsync();

        Assert.Equal(ReturnRead.Silent, await Gateway.ReadReturnAsync(order, new Dictionary<string, string>()));
        Assert.Equal(ReturnRead.Forged, await Gateway.ReadReturnAsync(order, new Dictionary<string, string>
        {
            ["payment"] = "pay_1", ["signature"] = new string('0', 64), ["razorpay_payment_id"] = "pay_1", ["razorpay_signature"] = new string('0', 64),
        }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_call_without_its_signature_is_rejected(string? signature)
    {
        var headers = new Dictionary<string, string>();
        if (signature is not null)
            headers["x-razorpay-signature"] = signature;

        Assert.IsType<WebhookRead.Rejected>(await Gateway.ReadWebhookAsync(headers, Shop.Json(new { @event = "payment.captured" })));
    }

    [Fact]
    public async Task What_was_paid_is_seen_by_order_by_payment_and_in_the_list()
    {
        var order = await OrderAsync();
        Assert.Empty((await Gateway.LookAtOrderAsync(order, default)).Value!.OfType<PaymentFact>());

        var id = await PayAsync(order);

        var facts = (await Gateway.LookAtOrderAsync(order, default)).Value!.OfType<PaymentFact>().ToList();
        var fact = Assert.Single(facts);
        Assert.Equal((id, PaymentState.Captured, order.Amount, order.Currency), (fact.PaymentId, fact.State, fact.Amount, fact.Currency));
        Assert.Equal(id, ((PaymentFact)(await Gateway.LookAtPaymentAsync(id, default)).Value![0]).PaymentId);
        var page = (await Gateway.ListAsync(Shop.Site.Clock.GetUtcNow() - TimeSpan.FromDays(5), 0, default)).Value!;
        Assert.Contains(page.Facts, one => one is PaymentFact payment && payment.PaymentId == id);
        Assert.False(page.HasMore);
        Assert.Equal(Applied.Granted, await Shop.Cashier.ApplyAsync(At, fact));
    }

    [Fact]
    public async Task A_refund_with_the_same_key_is_one_and_is_seen_with_its_payment()
    {
        var order = await OrderAsync();
        var id = await PayAsync(order);
        foreach (var fact in (await Gateway.LookAtOrderAsync(order, default)).Value!)
            await Shop.Cashier.ApplyAsync(At, fact);
        var payment = await Shop.PaymentAsync(id);
        await Shop.Get<Refunds>().AskAsync(payment.Id, "the-key-of-a-form", 500, "asked", 1, default);
        var refund = await Shop.Site.ReadAsync(db => db.Refunds.SingleAsync());

        var again = await Gateway.RefundAsync(payment, refund, default);

        Assert.Equal(refund.ExternalId, again.Value!.RefundId);
        var seen = (await Gateway.LookAtPaymentAsync(id, default)).Value!.OfType<RefundFact>();
        Assert.Equal((500L, refund.Key), (Assert.Single(seen).Amount, refund.Key));
    }

    [Fact]
    public async Task What_it_does_not_know_is_a_final_answer() =>
        Assert.True((await Gateway.LookAtPaymentAsync("pay_nobody", default)).Fault!.IsFinal);

    [Fact]
    public async Task Its_key_is_tested() => Assert.Null(await Gateway.TestKeyAsync(default));

    private protected virtual Task<string[]> SettingsAsync() => Task.FromResult<string[]>([]);

    /// <summary>Somebody pays on its page; the payment's name.</summary>
    private protected abstract Task<string> PayAsync(Order order);

    private async Task<Order> OrderAsync()
    {
        var checkout = Shop.Get<Checkout>();
        var order = (await checkout.PlaceAsync((await checkout.CreditsAsync(Shop.UserId, "key", 1_000, "USD", ""))!, Name))!;
        Assert.Null(await checkout.BeginAsync(order, "asha@example.org", default));
        return await Shop.FreshAsync(order);
    }
}

public sealed class DemoGatewayTests : GatewayContract
{
    private protected override string Name => "demo";

    private protected override async Task<string> PayAsync(Order order)
    {
        await Shop.Get<DemoDesk>().DoAsync(await Shop.DemoAsync(order), DemoAct.Pay, default);
        return (await Shop.DemoAsync(order)).Paid!.Id;
    }
}

public sealed class RazorpayGatewayTests : GatewayContract
{
    private RazorpaySimulator _razorpay = null!;

    private protected override string Name => "razorpay";

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _razorpay.DisposeAsync();
    }

    private protected override async Task<string[]> SettingsAsync()
    {
        _razorpay = await RazorpaySimulator.OpenAsync(new FakeClock());
        return _razorpay.Settings;
    }

    private protected override Task<string> PayAsync(Order order) => Task.FromResult((string)_razorpay.Pay(order.ExternalId!)["id"]!);
}
