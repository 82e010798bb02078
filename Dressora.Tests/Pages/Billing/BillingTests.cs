using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Payments;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Billing;

/// <summary>Buying without script, from the calculator to the printed receipt.</summary>
public sealed class BillingTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private PlainBrowser _asha = null!;

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _asha = await _shop.Site.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        _asha.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_buys_credits_and_prints_the_receipt()
    {
        var order = await OrderAsync("/billing/confirm?credits=1000&currency=USD");
        Assert.False((await _asha.GetAsync("/billing/pay/" + order.Number)).Has("meta[http-equiv=refresh]"));
        var pay = await _asha.GetAsync($"/billing/pay/{order.Number}?go=1");
        Assert.Equal("To the payment page", pay.Heading);
        Assert.Contains("0;url=https://dressora.test/demo/" + order.Number, pay.Find("meta[http-equiv=refresh]").GetAttribute("content"), StringComparison.Ordinal);
        var open = await _asha.GetAsync(order.Path);
        Assert.Contains("Not paid yet", open.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await _asha.GetPieceAsync(Poll(open))).Status);

        var back = await PayAsync(order, DemoAct.Pay);

        Assert.Contains("1,000 credits are in your account", back.Text, StringComparison.Ordinal);
        var turned = await _asha.GetPieceAsync(Poll(open));
        Assert.Equal(286, (int)turned.Status);
        Assert.Equal("1,000 credits", turned.TextOf("#credit-pill[hx-swap-oob] span"));
        var receipt = await _asha.GetAsync(back.Find("a[href^='/billing/receipt/']").GetAttribute("href")!);
        Assert.Equal("Receipt TEST-2031-000001", receipt.Heading);
        Assert.Contains("$27.50", receipt.TextOf(".total"), StringComparison.Ordinal);
        Assert.Contains("Receipt", (await _asha.GetAsync("/billing")).TextOf(".rows"), StringComparison.Ordinal);
        await _shop.WorkAsync();
        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task What_came_from_the_form_does_not_change_the_price()
    {
        var page = await _asha.GetAsync("/billing/confirm?credits=1000&currency=USD");
        Assert.Equal("$27.50", page.TextOf(".receipt .total dd"));
        await _asha.SubmitAsync(page, "main form", new Dictionary<string, string> { ["Count"] = "90000" });

        var order = await _shop.Site.ReadAsync(db => db.Orders.SingleAsync());

        Assert.Equal((90_000L, 247_500L), (order.Credits, order.Amount));
    }

    [Theory]
    [InlineData("/billing/confirm?credits=99&currency=USD")]
    [InlineData("/billing/confirm?credits=90001&currency=USD")]
    [InlineData("/billing/confirm?credits=1000&currency=EUR")]
    [InlineData("/billing/confirm?credits=many&currency=USD")]
    [InlineData("/billing/confirm?plan=999")]
    public async Task What_is_not_sold_is_not_confirmed(string path)
    {
        var page = await _asha.GetAsync(path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("This is not sold", page.TextOf("main h2"));
    }

    [Fact]
    public async Task Pressing_twice_is_one_order()
    {
        var page = await _asha.GetAsync("/billing/confirm?credits=1000&currency=USD");

        var (one, two) = (await _asha.SubmitAsync(page, "main form"), await _asha.SubmitAsync(page, "main form"));

        Assert.Equal(one.Location, two.Location);
        Assert.Equal(1, await _shop.Site.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task Whoever_ran_out_comes_back_to_what_they_were_making()
    {
        var buy = await _asha.GetAsync("/billing/buy?need=150&back=" + Uri.EscapeDataString("/studio/try-on?by=words"));
        Assert.Equal("150", buy.Find("#credits").GetAttribute("value"));
        var confirm = await _asha.SubmitAsync(buy, "form[data-exchange]");
        Assert.Equal("150", confirm.Find("#credits").GetAttribute("value"));
        var order = await OrderAsync("/billing/confirm?credits=150&currency=USD&back=" + Uri.EscapeDataString("/studio/try-on?by=words"));

        var back = await PayAsync(order, DemoAct.Pay);

        Assert.Equal("/studio/try-on?by=words", back.Find("#order-now .button--main").GetAttribute("href"));
        Assert.False((await _asha.GetAsync("/billing/buy?back=https://evil.example")).Has("input[name=back]"));
    }

    [Fact]
    public async Task A_bank_that_says_no_first_and_yes_later_is_said_honestly()
    {
        var order = await OrderAsync("/billing/confirm?credits=1000&currency=USD");
        await PayAsync(order, DemoAct.PayLate);
        await _shop.WorkAsync();
        Assert.Contains("The payment did not work so far", (await _asha.GetAsync(order.Path)).Text, StringComparison.Ordinal);

        _shop.Site.Clock.Advance(TimeSpan.FromMinutes(2));
        await _shop.WorkAsync();

        Assert.Contains("1,000 credits are in your account", (await _asha.GetAsync(order.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_three_times_in_the_wrong_order_it_is_given_once()
    {
        var order = await OrderAsync("/billing/confirm?credits=1000&currency=USD");

        await PayAsync(order, DemoAct.PayAndStutter);
        await _shop.WorkAsync();

        Assert.Equal(1_000, await _shop.AvailableAsync());
        Assert.Equal(3, await _shop.Site.ReadAsync(db => db.Webhooks.CountAsync(w => w.State == WebhookState.Done)));
    }

    [Fact]
    public async Task A_plan_is_chosen_ended_and_taken_up_again()
    {
        var plans = await _asha.GetAsync("/billing/plans");
        Assert.Equal(7, plans.Document.QuerySelectorAll(".cards .card").Length);
        var order = await OrderAsync(plans.Find(".cards .button").GetAttribute("href")!);
        Assert.Contains("Your plan runs", (await PayAsync(order, DemoAct.Pay)).Text, StringComparison.Ordinal);
        var plan = await _asha.GetAsync("/billing/plan");
        Assert.Contains("Next billing date", plan.Text, StringComparison.Ordinal);

        plan = await _asha.FollowAsync(_asha.SubmitAsync(plan, "form[action='/billing/plan/cancel']"));
        Assert.Contains("Paid until", plan.Text, StringComparison.Ordinal);
        plan = await _asha.FollowAsync(_asha.SubmitAsync(plan, "form[action='/billing/plan/resume']"));

        Assert.Contains("Next billing date", plan.Text, StringComparison.Ordinal);
        Assert.Contains("your plan", (await _asha.GetAsync("/billing/plans")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_somebody_elses_is_not_there()
    {
        var order = await OrderAsync("/billing/confirm?credits=1000&currency=USD");
        await PayAsync(order, DemoAct.Pay);
        await _shop.Site.PersonAsync("noor@example.org");
        using var noor = await _shop.Site.SignInAsync("noor@example.org");

        foreach (var path in new[] { order.Path, "/billing/pay/" + order.Number, "/demo/" + order.Number, "/billing/receipt/TEST-2031-000001" })
            Assert.Equal(HttpStatusCode.NotFound, (await noor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_house_where_nobody_takes_money_says_so()
    {
        await using var site = await Site.StartAsync(settings: "Payments:Demo=false");
        await site.PersonAsync();
        using var asha = await site.SignInAsync();

        var page = await asha.GetAsync("/billing/confirm?credits=1000&currency=USD");

        Assert.Contains("Nobody takes money for this server yet", page.Text, StringComparison.Ordinal);
        Assert.False(page.Has("main .button--main"));
    }

    [Fact]
    public async Task A_live_key_ends_the_rehearsal()
    {
        await using var site = await Site.StartAsync(Engine.Sqlite, null,
            "Payments:RazorpayId=rzp_live_abcdefgh", "Payments:RazorpaySecret=the key's secret", "Payments:RazorpayWebhookSecret=another secret");
        var gateways = (Gateways)site.Services.GetService(typeof(Gateways))!;

        Assert.Equal(["razorpay"], gateways.Ready.Select(gateway => gateway.Name));
        Assert.Equal(Mode.Live, gateways.Ready[0].Traits!.Mode);
    }

    private static string Poll(Answer page) => page.Find("#order-now").GetAttribute("hx-get")!;

    private async Task<Order> OrderAsync(string confirm)
    {
        var answer = await _asha.SubmitAsync(await _asha.GetAsync(confirm), "main form");
        var number = answer.Location!.Split('/', '?')[^2];
        return await _shop.Site.ReadAsync(db => db.Orders.SingleAsync(o => o.Number == number));
    }

    private async Task<Answer> PayAsync(Order order, DemoAct act) =>
        await _asha.FollowAsync(_asha.SubmitAsync(await _asha.GetAsync("/demo/" + order.Number), "main form", button: $"[value={act}]"));
}
