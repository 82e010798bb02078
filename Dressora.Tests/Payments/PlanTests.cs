using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Payments;

/// <summary>Plans: begun, renewed, ended, taken up again, changed; by the month and by the year.</summary>
public sealed class PlanTests : IAsyncLifetime
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(31.5);
    private Shop _shop = null!;

    public async Task InitializeAsync() => _shop = await Shop.OpenAsync();

    public async Task DisposeAsync()
    {
        Assert.Null(await _shop.FaultAsync());
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_plan_gives_its_credits_at_each_renewal_and_they_live_one_longer()
    {
        await _shop.PressAsync(await _shop.PlanAsync(), DemoAct.Pay);
        Assert.Equal(1_000, await _shop.AvailableAsync());

        await NextAsync();
        Assert.Equal(2_000, await _shop.AvailableAsync());
        await NextAsync();

        Assert.Equal(2_000, await _shop.AvailableAsync());
        Assert.Equal(3, await _shop.Site.ReadAsync(db => db.Payments.CountAsync(p => p.State == PaymentState.Captured)));
        Assert.Equal(3, await _shop.Site.ReadAsync(db => db.Receipts.CountAsync()));
        await _shop.SweepAsync();
        await _shop.Get<Sweep>().ListAsync(default);
        Assert.Equal(2_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_plan_that_resets_begins_each_month_afresh()
    {
        await _shop.Get<Catalogue>().ChangeTermsAsync(new TermsChange("", "", "", "", 0, ResetsPlans: true), 1);
        await _shop.PressAsync(await _shop.PlanAsync(), DemoAct.Pay);

        await NextAsync();

        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_renewal_that_was_told_is_not_found_again_by_the_sweep()
    {
        var order = await _shop.PlanAsync();
        await _shop.PressAsync(order, DemoAct.Pay);
        await _shop.PressAsync(order, DemoAct.Renew);
        Assert.Equal(2_000, await _shop.AvailableAsync());

        await _shop.Get<Sweep>().ListAsync(default);
        await _shop.SweepAsync();

        Assert.Equal(2, await _shop.Site.ReadAsync(db => db.Payments.CountAsync()));
    }

    [Fact]
    public async Task What_was_told_to_end_ends_with_its_period_and_may_go_on_before()
    {
        await _shop.PressAsync(await _shop.PlanAsync(), DemoAct.Pay);
        var plans = _shop.Get<Plans>();
        var plan = (await plans.OfAsync(_shop.UserId))!;

        Assert.True(await plans.CancelAsync(_shop.UserId, plan.Id, default));
        Assert.True((await plans.OfAsync(_shop.UserId))!.IsEnding);
        Assert.True(await plans.ResumeAsync(_shop.UserId, plan.Id, default));
        Assert.False((await plans.OfAsync(_shop.UserId))!.IsEnding);
        Assert.True(await plans.CancelAsync(_shop.UserId, plan.Id, default));
        Assert.False(await plans.CancelAsync(_shop.UserId + 1, plan.Id, default));
        await NextAsync();

        Assert.Equal(SubscriptionState.Ended, (await plans.OfAsync(_shop.UserId))!.State);
        Assert.Equal(1, await _shop.Site.ReadAsync(db => db.Payments.CountAsync()));
        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task A_change_pays_the_new_plan_today_and_never_the_old_one_again()
    {
        await _shop.PressAsync(await _shop.PlanAsync(1_000), DemoAct.Pay);
        await _shop.PressAsync(await _shop.PlanAsync(4_000), DemoAct.Pay);

        Assert.Equal(5_000, await _shop.AvailableAsync());
        var plan = await _shop.Get<Plans>().OfAsync(_shop.UserId);
        Assert.Equal((4_000L, false), (plan!.Credits, plan.IsEnding));
        await NextAsync();

        Assert.Equal(9_000, await _shop.AvailableAsync());
        Assert.Equal(1, await _shop.Site.ReadAsync(db => db.Subscriptions.CountAsync(s => s.State == SubscriptionState.Active)));
    }

    [Fact]
    public async Task A_year_is_paid_once_and_comes_month_by_month()
    {
        await _shop.PressAsync(await _shop.PlanAsync(1_000, Period.Year), DemoAct.Pay);
        Assert.Equal(1_000, await _shop.AvailableAsync());

        for (var month = 1; month < 12; month++)
        {
            _shop.Site.Clock.Advance(Month);
            await _shop.SweepAsync();
            await _shop.SweepAsync();
        }

        var payment = await _shop.Site.ReadAsync(db => db.Payments.SingleAsync());
        Assert.Equal((12_000L, 12, 12_000L), (payment.Credits, payment.GrantedMonths, payment.Granted));
        Assert.Equal(22_800, payment.Amount);
    }

    [Fact]
    public async Task Half_a_year_refunded_keeps_half_of_the_months()
    {
        var order = await _shop.PlanAsync(1_000, Period.Year);
        await _shop.PressAsync(order, DemoAct.Pay);

        await _shop.PressAsync(order, DemoAct.RefundHalf);
        for (var month = 1; month < 12; month++)
        {
            _shop.Site.Clock.Advance(Month);
            await _shop.SweepAsync();
        }

        var payment = await _shop.Site.ReadAsync(db => db.Payments.SingleAsync());
        Assert.Equal((6_000L, 6_000L, 0L), (payment.Granted, payment.Reversed, await _shop.DebtAsync()));
    }

    [Fact]
    public async Task A_renewal_that_is_not_paid_is_said_and_may_still_come()
    {
        var order = await _shop.PlanAsync();
        await _shop.PressAsync(order, DemoAct.Pay);
        await _shop.PressAsync(order, DemoAct.FailToRenew);
        Assert.Equal(SubscriptionState.PastDue, (await _shop.Get<Plans>().OfAsync(_shop.UserId))!.State);
        Assert.Contains("could not be renewed", (await Harness.Make.LetterAsync(_shop.Site, "asha@example.org")).Subject, StringComparison.Ordinal);

        await _shop.PressAsync(order, DemoAct.Renew);

        Assert.Equal(SubscriptionState.Active, (await _shop.Get<Plans>().OfAsync(_shop.UserId))!.State);
    }

    [Fact]
    public async Task A_plan_pays_what_is_owed_first()
    {
        var bought = await _shop.BuyAsync();
        await _shop.SpendAsync(600);
        await _shop.ApplyAsync(new RefundFact("rfnd_1", bought.ExternalId, RefundState.Succeeded, bought.Amount, "USD"));
        Assert.Equal(600, await _shop.DebtAsync());

        await _shop.PressAsync(await _shop.PlanAsync(), DemoAct.Pay);

        Assert.Equal((400L, 0L), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
    }

    [Fact]
    public async Task Another_amount_for_a_plan_gives_nothing()
    {
        var order = await _shop.PlanAsync();
        var plan = await _shop.Site.ReadAsync(db => db.Subscriptions.SingleAsync());

        var applied = await _shop.ApplyAsync(new PaymentFact("pay_1", PaymentState.Captured, order.Amount - 1, "USD", SubscriptionId: plan.ExternalId));

        Assert.Equal(Applied.Refused, applied);
        Assert.Equal(0, await _shop.AvailableAsync());
    }

    private async Task NextAsync()
    {
        _shop.Site.Clock.Advance(Month);
        await _shop.SweepAsync();
    }
}
