using System.Net;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>The whole way with Razorpay, against a simulator that keeps its shapes and its quirks.</summary>
public sealed class RazorpayTests : IAsyncLifetime
{
    private RazorpaySimulator _razorpay = null!;
    private Shop _shop = null!;
    private PlainBrowser _asha = null!;

    public async Task InitializeAsync()
    {
        _razorpay = await RazorpaySimulator.OpenAsync(new FakeClock());
        _shop = await Shop.OpenAsync(Engine.Sqlite, _razorpay.Settings);
        _asha = await _shop.Site.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        _asha.Dispose();
        await _shop.DisposeAsync();
        await _razorpay.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_buys_on_their_page_and_comes_back_to_credits_before_any_call()
    {
        var order = await BuyAsync();
        Assert.StartsWith("https://rzp.io/", order.CheckoutAddress, StringComparison.Ordinal);
        var payment = _razorpay.Pay(order.ExternalId!);

        var back = await _asha.FollowAsync(_asha.GetAsync(_razorpay.Return(order.ExternalId!, payment)));

        Assert.Contains("1,000 credits are in your account", back.Text, StringComparison.Ordinal);
        await CallAsync(_razorpay.Call("payment.captured", ("payment", payment)));
        await CallAsync(_razorpay.LinkPaid(order.ExternalId!, payment));
        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_return_that_is_forged_or_comes_for_another_order_asks_nobody_and_gives_nothing()
    {
        var (order, other) = (await BuyAsync(), await BuyAsync(90_000));
        var payment = _razorpay.Pay(order.ExternalId!);
        var way = _razorpay.Return(order.ExternalId!, payment);
        var asked = _razorpay.Asked.Count;

        await _asha.GetAsync(way[..^1] + (way[^1] == '0' ? '1' : '0'));
        await _asha.GetAsync(way.Replace(order.Number, other.Number, StringComparison.Ordinal));
        await _asha.GetAsync($"/billing/return/{order.Number}");

        Assert.Equal(asked, _razorpay.Asked.Count);
        Assert.Equal(0, await _shop.AvailableAsync());
        Assert.Equal(2, _shop.Site.Log.Lines.Count(line => line.ToString().Contains("signature that does not fit", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, "captured, link")]
    [InlineData(true, "link, captured, captured")]
    [InlineData(true, "authorized, captured, authorized, link, captured")]
    [InlineData(false, "captured, link")]
    [InlineData(false, "link, captured")]
    [InlineData(true, "failed, captured")]
    public async Task Calls_in_any_order_give_once(bool withNotes, string calls)
    {
        var order = await BuyAsync();
        var payment = _razorpay.Pay(order.ExternalId!, withNotes: withNotes);
        foreach (var call in calls.Split(", "))
        {
            var said = (JsonObject)payment.DeepClone();
            said["status"] = call is "authorized" or "failed" ? call : "captured";
            await CallAsync(call == "link" ? _razorpay.LinkPaid(order.ExternalId!, said) : _razorpay.Call("payment." + call, ("payment", said)));
        }

        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task What_no_call_told_of_is_found_by_the_sweep()
    {
        var (first, second) = (await BuyAsync(), await BuyAsync(2_000));
        _razorpay.Pay(first.ExternalId!);
        _shop.Site.Clock.Advance(TimeSpan.FromMinutes(3));
        await _shop.SweepAsync();
        Assert.Equal(1_000, await _shop.AvailableAsync());
        _razorpay.Pay(second.ExternalId!);

        await _shop.Get<Sweep>().ListAsync(default);

        Assert.Equal(3_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_link_whose_answer_was_lost_is_found_again_and_not_made_twice()
    {
        _razorpay.Misdeeds.Enqueue(0);
        var order = await BuyAsync();
        Assert.Equal("", order.CheckoutAddress);

        Assert.Null(await _shop.Get<Checkout>().BeginAsync(order, "asha@example.org", default));

        Assert.StartsWith("plink_", (await _shop.FreshAsync(order)).ExternalId, StringComparison.Ordinal);
        Assert.Single(_razorpay.Things.Keys, key => key.StartsWith("plink_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(429, false)]
    [InlineData(401, false)]
    [InlineData(400, true)]
    public async Task A_company_that_says_no_is_said_so_and_asked_again(int status, bool isFinal)
    {
        _razorpay.Misdeeds.Enqueue(status);
        var order = await BuyAsync();
        _razorpay.Misdeeds.Enqueue(status);

        var fault = await _shop.Get<Checkout>().BeginAsync(order, "asha@example.org", default);

        Assert.Equal(isFinal, fault!.IsFinal);
        Assert.Contains("no page to pay at yet", (await _asha.GetAsync("/billing/pay/" + order.Number)).Heading, StringComparison.Ordinal);
        Assert.Null(await _shop.Get<Checkout>().BeginAsync(order, "asha@example.org", default));
    }

    [Fact]
    public async Task Money_that_was_changed_on_the_way_gives_nothing()
    {
        var order = await BuyAsync();
        await CallAsync(_razorpay.Call("payment.captured", ("payment", _razorpay.Pay(order.ExternalId!, amount: 100))));
        await CallAsync(_razorpay.Call("payment.captured", ("payment", _razorpay.Pay(order.ExternalId!, currency: "INR"))));

        Assert.Equal(0, await _shop.AvailableAsync());
        Assert.Equal(2, await _shop.Site.ReadAsync(db => db.Payments.CountAsync(p => p.State == PaymentState.Refused)));
    }

    [Fact]
    public async Task A_refund_made_at_their_desk_before_its_money_was_heard_of_is_not_dropped()
    {
        var order = await BuyAsync();
        var payment = _razorpay.Pay(order.ExternalId!);
        var refund = _razorpay.Put("rfnd", "refund", new JsonObject
        {
            ["payment_id"] = (string)payment["id"]!, ["amount"] = (long)payment["amount"]!, ["currency"] = "USD", ["status"] = "processed", ["notes"] = new JsonArray(),
        });

        await CallAsync(_razorpay.Call("refund.processed", ("refund", refund)));

        var row = await _shop.PaymentAsync((string)payment["id"]!);
        Assert.Equal((1_000L, 1_000L, 0L), (row.Granted, row.Reversed, await _shop.AvailableAsync()));
    }

    [Fact]
    public async Task Our_refund_is_made_once_though_the_answer_is_lost()
    {
        var order = await BuyAsync();
        var payment = _razorpay.Pay(order.ExternalId!);
        await CallAsync(_razorpay.Call("payment.captured", ("payment", payment)));
        var row = await _shop.PaymentAsync((string)payment["id"]!);
        _razorpay.Misdeeds.Enqueue(0);

        await _shop.Get<Refunds>().AskAsync(row.Id, "a-key-of-this-form", row.Amount, "asked", 1, default);
        Assert.Equal(RefundState.Asked, (await _shop.Site.ReadAsync(db => db.Refunds.SingleAsync())).State);
        _shop.Site.Clock.Advance(TimeSpan.FromMinutes(10));
        await _shop.SweepAsync();

        Assert.Equal(RefundState.Succeeded, (await _shop.Site.ReadAsync(db => db.Refunds.SingleAsync())).State);
        Assert.Single(_razorpay.Things.Keys, key => key.StartsWith("rfnd_", StringComparison.Ordinal));
        Assert.Equal(0, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Disputes_are_followed_by_their_status()
    {
        var order = await BuyAsync();
        var payment = _razorpay.Pay(order.ExternalId!);
        await CallAsync(_razorpay.Call("payment.captured", ("payment", payment)));
        var dispute = _razorpay.Put("disp", "dispute", new JsonObject
        {
            ["payment_id"] = (string)payment["id"]!, ["amount"] = (long)payment["amount"]!, ["currency"] = "USD", ["status"] = "open", ["phase"] = "chargeback",
        });
        await CallAsync(_razorpay.Call("payment.dispute.created", ("payment", payment), ("dispute", dispute)));
        Assert.Equal(0, await _shop.AvailableAsync());
        dispute["status"] = "won";

        await CallAsync(_razorpay.Call("payment.dispute.won", ("payment", payment), ("dispute", dispute)));

        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_plan_is_agreed_to_renewed_and_ended()
    {
        var checkout = _shop.Get<Checkout>();
        var price = (await _shop.Get<Catalogue>().PlansAsync()).First(p => p.Currency == "INR");
        var order = (await checkout.PlaceAsync((await checkout.PlanAsync(_shop.UserId, "k", price.Id))!, "razorpay"))!;
        Assert.Null(await checkout.BeginAsync(order, "asha@example.org", default));
        order = await _shop.FreshAsync(order);
        var now = _shop.Site.Clock.GetUtcNow();

        var (payment, charged) = _razorpay.Charge(order.ExternalId!, now, now.AddMonths(1));
        await CallAsync(_razorpay.Call("payment.captured", ("payment", payment)));
        await CallAsync(charged);
        await CallAsync(charged);
        Assert.Equal(1_000, await _shop.AvailableAsync());

        _shop.Site.Clock.Advance(now.AddMonths(1).AddMinutes(11) - now);
        _razorpay.Charge(order.ExternalId!, now.AddMonths(1), now.AddMonths(2));
        await _shop.SweepAsync();
        Assert.Equal(2_000, await _shop.AvailableAsync());

        var plans = _shop.Get<Plans>();
        var plan = (await plans.OfAsync(_shop.UserId))!;
        Assert.True(await plans.CancelAsync(_shop.UserId, plan.Id, default));
        Assert.True((await plans.OfAsync(_shop.UserId))!.EndsAtEnd);
        Assert.False(await plans.ResumeAsync(_shop.UserId, plan.Id, default));
        _razorpay.Things[order.ExternalId!]["status"] = "cancelled";
        await CallAsync(_razorpay.Call("subscription.cancelled", ("subscription", _razorpay.Things[order.ExternalId!])));
        Assert.Equal(SubscriptionState.Ended, (await plans.OfAsync(_shop.UserId))!.State);
        Assert.Equal(2, await _shop.Site.ReadAsync(db => db.Payments.CountAsync()));
    }

    [Fact]
    public async Task An_admin_tests_the_key()
    {
        using var admin = await _shop.Site.AdminAsync();
        var page = await admin.GetAsync("/admin/money");

        var good = await admin.FollowAsync(admin.SubmitAsync(page, "form[action='/admin/money/test']"));
        _razorpay.Misdeeds.Enqueue(401);
        var bad = await admin.FollowAsync(admin.SubmitAsync(page, "form[action='/admin/money/test']"));

        Assert.Contains("razorpay answers, in the mode Test", good.Text, StringComparison.Ordinal);
        Assert.Contains("Authentication failed", bad.Text, StringComparison.Ordinal);
        Assert.Contains("/hooks/payments/razorpay/test", page.Text, StringComparison.Ordinal);
    }

    private async Task<Order> BuyAsync(long credits = 1_000)
    {
        var checkout = _shop.Get<Checkout>();
        var purchase = await checkout.CreditsAsync(_shop.UserId, Guid.NewGuid().ToString("N"), credits, "USD", "");
        var order = (await checkout.PlaceAsync(purchase!, "razorpay"))!;
        await checkout.BeginAsync(order, "asha@example.org", default);
        return await _shop.FreshAsync(order);
    }

    private async Task CallAsync(byte[] body)
    {
        using var company = _shop.Site.NewBrowser("198.51.100.30");
        var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/payments/razorpay/test") { Content = new ByteArrayContent(body) };
        request.Headers.Add("x-razorpay-signature", RazorpaySimulator.Sign(RazorpaySimulator.WebhookSecret, body));
        request.Headers.Add("x-razorpay-event-id", Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.OK, (await company.SendAsync(request)).Status);
        await _shop.WorkAsync();
    }
}
