using Dressora.Tests.Harness;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>From money to credits: once, and only for what was asked for.</summary>
public sealed class CashierTests : IAsyncLifetime
{
    private Shop _shop = null!;

    public async Task InitializeAsync() => _shop = await Shop.OpenAsync();

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Money_gives_its_credits_once_however_often_it_is_told()
    {
        var order = await _shop.OrderAsync(1_000);

        Assert.Equal(Applied.Granted, await _shop.ApplyAsync(Shop.Paid(order)));
        Assert.Equal(Applied.Known, await _shop.ApplyAsync(Shop.Paid(order)));

        Assert.Equal(1_000, await _shop.AvailableAsync());
        Assert.Equal(OrderState.Paid, (await _shop.FreshAsync(order)).State);
        var grant = await _shop.Site.ReadAsync(db => db.CreditGrants.SingleAsync());
        Assert.Equal(("payment:demo:test:pay_1", FakeClock.Start.AddMonths(12)), (grant.Source, grant.ExpiresAt));
        Assert.Equal("TEST-2031-000001", (await _shop.Site.ReadAsync(db => db.Receipts.SingleAsync())).Number);
        Assert.Equal(1, await _shop.Site.LettersAsync("asha@example.org"));
        Assert.Null(await _shop.FaultAsync());
    }

    [Fact]
    public async Task A_refused_card_may_say_yes_later_and_old_news_take_nothing_back()
    {
        var order = await _shop.OrderAsync();

        await _shop.ApplyAsync(Shop.Paid(order) with { State = PaymentState.Failed });
        Assert.Equal(0, await _shop.AvailableAsync());
        Assert.Equal(Applied.Granted, await _shop.ApplyAsync(Shop.Paid(order)));
        await _shop.ApplyAsync(Shop.Paid(order) with { State = PaymentState.Failed });
        await _shop.ApplyAsync(Shop.Paid(order) with { State = PaymentState.Pending });

        Assert.Equal(1_000, await _shop.AvailableAsync());
        Assert.Equal(PaymentState.Captured, (await _shop.PaymentAsync("pay_1")).State);
    }

    [Fact]
    public async Task Money_for_an_order_that_lapsed_still_counts()
    {
        var order = await _shop.OrderAsync();
        _shop.Site.Clock.Advance(TimeSpan.FromDays(2));
        await _shop.SweepAsync();
        Assert.Equal(OrderState.Lapsed, (await _shop.FreshAsync(order)).State);

        Assert.Equal(Applied.Granted, await _shop.ApplyAsync(Shop.Paid(order)));

        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    public static TheoryData<string, PaymentFault> Tampered() => new()
    {
        { "amount", PaymentFault.Amount },
        { "more", PaymentFault.Amount },
        { "currency", PaymentFault.Currency },
        { "person", PaymentFault.Person },
        { "number", PaymentFault.Order },
        { "order", PaymentFault.NoOrder },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task What_does_not_fit_gives_nothing_and_stands_before_an_admin(string what, PaymentFault fault)
    {
        var (order, other) = (await _shop.OrderAsync(1_000), await _shop.OrderAsync(90_000));
        var fact = Shop.Paid(order);

        var applied = await _shop.ApplyAsync(what switch
        {
            "amount" => fact with { Amount = fact.Amount - 1 },
            "more" => fact with { Amount = fact.Amount + 1 },
            "currency" => fact with { Currency = "INR" },
            "person" => fact with { Person = _shop.UserId + 1 },
            "number" => fact with { Number = other.Number },
            _ => fact with { OrderId = "dpl_nobody", Number = null },
        });

        Assert.Equal(Applied.Refused, applied);
        Assert.Equal((PaymentState.Refused, fault), ((await _shop.PaymentAsync("pay_1")).State, (await _shop.PaymentAsync("pay_1")).Fault!.Value));
        Assert.Equal(0, await _shop.AvailableAsync());
        Assert.Equal(OrderState.Open, (await _shop.FreshAsync(order)).State);
        Assert.Contains(_shop.Site.Log.Lines, line => line.ToString().Contains("is not what was asked for", StringComparison.Ordinal));
        using var admin = await _shop.Site.AdminAsync();
        Assert.Contains("Money came that fits no order", (await admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_money_in_the_other_mode_is_another()
    {
        var order = await _shop.OrderAsync();

        Assert.Equal(Applied.Refused, await _shop.Cashier.ApplyAsync(new Counter("demo", Mode.Live), Shop.Paid(order)));

        Assert.Equal(0, await _shop.AvailableAsync());
        Assert.Equal(Applied.Granted, await _shop.ApplyAsync(Shop.Paid(order)));
    }

    [Fact]
    public async Task A_second_payment_for_one_order_gives_nothing()
    {
        var order = await _shop.OrderAsync();
        await _shop.ApplyAsync(Shop.Paid(order));

        Assert.Equal(Applied.Refused, await _shop.ApplyAsync(Shop.Paid(order, "pay_2")));

        Assert.Equal(1_000, await _shop.AvailableAsync());
        Assert.Equal(PaymentFault.PaidTwice, (await _shop.PaymentAsync("pay_2")).Fault);
    }

    [Fact]
    public async Task Money_whose_order_is_known_later_is_given_then()
    {
        var order = await _shop.OrderAsync();
        await _shop.ApplyAsync(Shop.Paid(order) with { OrderId = "order_of_theirs", Number = null });

        Assert.Equal(Applied.Granted, await _shop.ApplyAsync(Shop.Paid(order)));

        Assert.Equal(1_000, await _shop.AvailableAsync());
        Assert.Null((await _shop.PaymentAsync("pay_1")).Fault);
    }

    [Fact]
    public async Task Receipts_have_no_gap_and_keep_what_they_said()
    {
        var catalogue = _shop.Get<Catalogue>();
        await catalogue.ChangeTermsAsync(new TermsChange("Mira Studio", "1 Lane", "GST", "29ABC", 1800, false), 1);
        await _shop.BuyAsync(1_000, "pay_1");
        await catalogue.ChangeTermsAsync(new TermsChange("Another", "", "", "", 0, false), 1);
        await _shop.ApplyAsync(Shop.Paid(await _shop.OrderAsync()) with { Amount = 1, PaymentId = "pay_x" });
        await _shop.BuyAsync(2_000, "pay_2");

        var receipts = await _shop.Site.ReadAsync(db => db.Receipts.OrderBy(r => r.Number).ToListAsync());

        Assert.Equal(["TEST-2031-000001", "TEST-2031-000002"], receipts.Select(r => r.Number));
        Assert.Equal(("Mira Studio", 2_750L, 419L), (receipts[0].Seller, receipts[0].Amount, receipts[0].TaxAmount));
        Assert.Equal(("Another", 0L), (receipts[1].Seller, receipts[1].TaxAmount));
    }

    [Fact]
    public async Task A_purchase_pays_what_is_owed_first()
    {
        var first = await _shop.BuyAsync(1_000);
        await _shop.SpendAsync(600);
        await _shop.ApplyAsync(new RefundFact("rfnd_1", first.ExternalId, RefundState.Succeeded, first.Amount, "USD"));
        Assert.Equal((0, 600), (await _shop.AvailableAsync(), await _shop.DebtAsync()));

        await _shop.BuyAsync(1_000, "pay_2");

        Assert.Equal((400, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }
}
