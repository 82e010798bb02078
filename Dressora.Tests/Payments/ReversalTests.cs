using Dressora.Web.Ledger;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>Refunds and disputes, with nothing, half or all of it spent, in any order.</summary>
public sealed class ReversalTests : IAsyncLifetime
{
    private Shop _shop = null!;

    public async Task InitializeAsync() => _shop = await Shop.OpenAsync();

    public async Task DisposeAsync()
    {
        Assert.Null(await _shop.FaultAsync());
        await _shop.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(500, 0, 500)]
    [InlineData(1_000, 0, 1_000)]
    public async Task A_refund_takes_what_is_left_and_the_rest_is_owed(long spent, long left, long owed)
    {
        var payment = await _shop.BuyAsync();
        if (spent > 0)
            await _shop.SpendAsync(spent);

        Assert.Equal(Applied.Reversed, await _shop.ApplyAsync(Refund(payment, payment.Amount)));
        Assert.Equal(Applied.Noted, await _shop.ApplyAsync(Refund(payment, payment.Amount)));

        Assert.Equal((left, owed), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
        Assert.Equal("TEST-2031-000002", (await _shop.Site.ReadAsync(db => db.Receipts.SingleAsync(r => r.RefundId != null))).Number);
    }

    [Fact]
    public async Task Parts_take_their_part_rounded_down_and_the_last_takes_the_rest()
    {
        var payment = await _shop.BuyAsync(101);
        var third = payment.Amount / 3;

        await _shop.ApplyAsync(Refund(payment, third, "rfnd_1"));
        Assert.Equal(101 - (101 * third / payment.Amount), await _shop.AvailableAsync());
        await _shop.ApplyAsync(Refund(payment, third, "rfnd_2"));
        await _shop.ApplyAsync(Refund(payment, payment.Amount - (2 * third), "rfnd_3"));

        Assert.Equal((0, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    public async Task A_refund_that_fails_gives_back_what_it_took(long spent)
    {
        var payment = await _shop.BuyAsync();
        if (spent > 0)
            await _shop.SpendAsync(spent);
        await _shop.ApplyAsync(Refund(payment, payment.Amount) with { State = RefundState.Pending });

        await _shop.ApplyAsync(Refund(payment, payment.Amount) with { State = RefundState.Failed });
        await _shop.ApplyAsync(Refund(payment, payment.Amount) with { State = RefundState.Pending });

        Assert.Equal((1_000 - spent, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }

    [Fact]
    public async Task A_refund_that_is_heard_of_before_its_money_waits_for_it()
    {
        var order = await _shop.OrderAsync();
        await _shop.ApplyAsync(Shop.Paid(order) with { State = PaymentState.Pending });
        var payment = await _shop.PaymentAsync("pay_1");

        Assert.Equal(Applied.Noted, await _shop.ApplyAsync(Refund(payment, order.Amount)));
        await _shop.ApplyAsync(Shop.Paid(order));

        Assert.Equal((0, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
        Assert.Equal(Applied.Unknown, await _shop.ApplyAsync(Refund(payment, 1, "rfnd_9") with { PaymentId = "pay_nobody" }));
    }

    [Fact]
    public async Task A_dispute_puts_aside_what_is_left_and_owes_nothing_until_it_is_lost()
    {
        var payment = await _shop.BuyAsync();
        await _shop.SpendAsync(300);

        await _shop.ApplyAsync(Dispute(payment, DisputeState.Open));
        Assert.Equal((0, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
        await _shop.ApplyAsync(Dispute(payment, DisputeState.Lost));
        await _shop.ApplyAsync(Dispute(payment, DisputeState.Open));

        Assert.Equal((0, 300), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }

    [Fact]
    public async Task A_dispute_that_is_won_gives_everything_back_and_a_later_refund_takes_it_again()
    {
        var payment = await _shop.BuyAsync();
        await _shop.SpendAsync(300);
        await _shop.ApplyAsync(Dispute(payment, DisputeState.Open));
        await _shop.ApplyAsync(Dispute(payment, DisputeState.Won));
        Assert.Equal((700, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
        using var asha = await Harness.Make.SignInAsync(_shop.Site);
        Assert.Contains("700 credits given back, as their payment stays paid", (await asha.GetAsync("/credits")).Text, StringComparison.Ordinal);

        await _shop.ApplyAsync(Refund(payment, payment.Amount));

        Assert.Equal((0, 300), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }

    [Fact]
    public async Task A_refund_that_settles_a_dispute_is_not_taken_twice()
    {
        var payment = await _shop.BuyAsync();
        await _shop.ApplyAsync(Dispute(payment, DisputeState.Open));
        await _shop.ApplyAsync(Refund(payment, payment.Amount));
        await _shop.ApplyAsync(Dispute(payment, DisputeState.Won));

        Assert.Equal((0, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
        Assert.Equal(1_000, (await _shop.PaymentAsync("pay_1")).Reversed);
    }

    [Fact]
    public async Task A_refund_while_a_job_holds_credits_comes_for_them_when_the_job_ends()
    {
        var payment = await _shop.BuyAsync();
        var ledger = _shop.Get<CreditLedger>();
        await _shop.Site.Database.WriteAsync(write => ledger.FreezeAsync(write, new Command("f"), _shop.UserId, 400, "job:1"));

        await _shop.ApplyAsync(Refund(payment, payment.Amount));
        await _shop.Site.Database.WriteAsync(write => ledger.ReleaseAsync(write, new Command("r"), "job:1", ReleaseCause.Failed, "failed"));

        Assert.Equal((0, 0), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }

    [Fact]
    public async Task Whatever_the_order_of_the_news_the_end_is_the_same()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var id = $"pay_{round}";
            var order = await _shop.OrderAsync(1_000);
            await _shop.ApplyAsync(Shop.Paid(order, id) with { State = PaymentState.Pending });
            var payment = await _shop.PaymentAsync(id);
            Fact[] news =
            [
                Shop.Paid(order, id), Shop.Paid(order, id) with { State = PaymentState.Failed },
                Refund(payment, 1_000, id + "_a") with { State = RefundState.Pending }, Refund(payment, 1_000, id + "_a"),
                Refund(payment, 500, id + "_b") with { State = RefundState.Failed },
                Dispute(payment, DisputeState.Open, id + "_d"), Dispute(payment, DisputeState.Won, id + "_d"),
            ];
            var before = await _shop.AvailableAsync();
            foreach (var fact in Enumerable.Repeat(news, 3).SelectMany(all => all).OrderBy(_ => random.Next()))
                await _shop.ApplyAsync(fact);

            var kept = 1_000 - (1_000 * 1_000 / order.Amount);
            Assert.True(before + kept == await _shop.AvailableAsync(), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task An_admin_sends_money_back_and_twice_the_same_wish_is_one()
    {
        var order = await _shop.OrderAsync();
        await _shop.PressAsync(order, DemoAct.Pay);
        var payment = await _shop.Site.ReadAsync(db => db.Payments.SingleAsync());
        var refunds = _shop.Get<Refunds>();

        Assert.Equal(RefundAnswer.Asked, await refunds.AskAsync(payment.Id, "key-key-key", 1_000, "asked nicely", 1, default));
        Assert.Equal(RefundAnswer.Asked, await refunds.AskAsync(payment.Id, "key-key-key", 1_000, "asked nicely", 1, default));
        Assert.Equal(RefundAnswer.OutOfBounds, await refunds.AskAsync(payment.Id, "other", payment.Amount, "all of it", 1, default));
        await _shop.Get<Sweep>().ListAsync(default);

        var refund = await _shop.Site.ReadAsync(db => db.Refunds.SingleAsync());
        Assert.Equal((RefundState.Succeeded, 1_000L), (refund.State, refund.Amount));
        Assert.Equal(1_000 - (1_000 * 1_000 / payment.Amount), await _shop.AvailableAsync());
    }

    private static RefundFact Refund(Payment payment, long amount, string id = "rfnd_1") =>
        new(id, payment.ExternalId, RefundState.Succeeded, amount, payment.Currency);

    private static DisputeFact Dispute(Payment payment, DisputeState state, string id = "disp_1") =>
        new(id, payment.ExternalId, state, payment.Amount, payment.Currency);
}
