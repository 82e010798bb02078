using Dressora.Tests.Harness;
using Dressora.Tests.Payments;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Admin;

/// <summary>/admin/money and everything behind it.</summary>
public sealed class MoneyPagesTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private PlainBrowser _admin = null!;

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _admin = await _shop.Site.AdminAsync();
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Money_is_sent_back_with_a_reason_and_a_line_in_the_audit_list()
    {
        var order = await _shop.OrderAsync();
        await _shop.PressAsync(order, DemoAct.Pay);
        await _shop.SpendAsync(400);
        var payment = await _shop.Site.ReadAsync(db => db.Payments.SingleAsync());
        var page = await _admin.GetAsync($"/admin/payments/{payment.Id}");
        Assert.Equal("16.50", page.Find("#Form_Amount").GetAttribute("value"));

        Assert.Equal(422, (int)(await _admin.SubmitAsync(page, $"form[action='/admin/payments/{payment.Id}/refund']")).Status);
        var sent = await _admin.FollowAsync(_admin.SubmitAsync(page, $"form[action='/admin/payments/{payment.Id}/refund']", new { Form_Reason = "as agreed" }));

        Assert.Contains("sent back", sent.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (await _shop.AvailableAsync(), await _shop.DebtAsync()));
        Assert.Contains(await _shop.Site.ReadAsync(db => db.AuditEntries.ToListAsync()), line => line.Action == "refund a payment");
        Assert.Contains("A refund from", (await _shop.Site.LetterAsync("asha@example.org")).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("27.51")]
    [InlineData("1.005")]
    [InlineData("some")]
    public async Task Only_what_is_left_can_be_sent_back(string amount)
    {
        var payment = await _shop.BuyAsync();
        var page = await _admin.GetAsync($"/admin/payments/{payment.Id}");

        var answer = await _admin.SubmitAsync(
            page, $"form[action='/admin/payments/{payment.Id}/refund']", new { Form_Reason = "because", Form_Amount = amount });

        Assert.Equal(422, (int)answer.Status);
        Assert.Equal(0, await _shop.Site.ReadAsync(db => db.Refunds.CountAsync()));
    }

    [Fact]
    public async Task Money_that_fits_nothing_is_settled_by_hand()
    {
        await _shop.ApplyAsync(Shop.Paid(await _shop.OrderAsync()) with { Amount = 5 });
        var payment = await _shop.PaymentAsync("pay_1");
        var page = await _admin.GetAsync($"/admin/payments/{payment.Id}");
        Assert.Contains("another amount than the order", page.Text, StringComparison.Ordinal);

        await _admin.SubmitAsync(page, $"form[action='/admin/payments/{payment.Id}/settle']", new { reason = "sent back by bank" });

        Assert.DoesNotContain("Money came that fits no order", (await _admin.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_read_word_for_word_and_worked_again_without_doing_it_twice()
    {
        await _shop.PressAsync(await _shop.OrderAsync(), DemoAct.Pay);
        var call = await _shop.Site.ReadAsync(db => db.Webhooks.SingleAsync());
        var page = await _admin.GetAsync($"/admin/webhooks/{call.Id}");
        Assert.Contains("\"is\":\"payment\"", page.TextOf("pre"), StringComparison.Ordinal);

        await _admin.SubmitAsync(page, $"form[action='/admin/webhooks/{call.Id}/again']");
        await _shop.WorkAsync();

        Assert.Contains("payment: known", (await _admin.GetAsync($"/admin/webhooks/{call.Id}")).Text, StringComparison.Ordinal);
        Assert.Equal(1_000, await _shop.AvailableAsync());
    }

    [Fact]
    public async Task Prices_are_an_admins_and_orders_keep_theirs()
    {
        var before = await _shop.OrderAsync();
        var page = await _admin.GetAsync("/admin/prices");

        await _admin.SubmitAsync(page, "form[action='/admin/prices/credits']:has([value=USD])", new { price = "0.05" });
        var plan = page.Document.QuerySelectorAll("form[action='/admin/prices/plan']")[0];
        Assert.NotNull(plan);

        Assert.Equal(5_000, (await _shop.OrderAsync()).Amount);
        Assert.Equal(2_750, (await _shop.FreshAsync(before)).Amount);
        Assert.Equal(Applied.Granted, await _shop.ApplyAsync(Shop.Paid(before)));
        Assert.Contains("0.05", (await _admin.GetAsync("/admin/prices")).Find("#rate-USD").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("free")]
    [InlineData("99999999")]
    public async Task A_price_that_is_none_is_not_kept(string price)
    {
        var page = await _admin.GetAsync("/admin/prices");

        await _admin.SubmitAsync(page, "form[action='/admin/prices/credits']:has([value=USD])", new { price });

        Assert.Equal(275, (await _shop.Get<Catalogue>().CreditsAsync()).Single(p => p.Currency == "USD").Rate);
    }

    [Fact]
    public async Task The_mission_s_plans_are_there_at_first_in_two_currencies()
    {
        var plans = await _shop.Get<Catalogue>().PlansAsync();

        string[] Said(string currency, long unit) => [.. plans.Where(p => p.Currency == currency && p.Period == Period.Month).Select(p => $"{p.Credits}:{p.Amount / unit}")];
        string[] expected = ["1000:19", "2000:36", "4000:68", "8000:128", "16000:240", "32000:448", "64000:832"];
        Assert.Equal(expected, Said("USD", 100));
        Assert.Equal(expected, Said("INR", 8_400));
        Assert.All(plans.Where(p => p.Period == Period.Year), year => Assert.Equal(
            year.Amount, 12 * plans.Single(p => p.Period == Period.Month && p.Credits == year.Credits && p.Currency == year.Currency).Amount));
    }

    [Theory]
    [InlineData("/admin/orders", "1,000 credits")]
    [InlineData("/admin/plans", "1,000 credits a month")]
    [InlineData("/admin/payments?state=Captured", "$27.50")]
    [InlineData("/admin/webhooks?state=Done", "payment.captured")]
    [InlineData("/admin/money", "$46.50")]
    public async Task Everything_is_listed(string path, string text)
    {
        await _shop.PressAsync(await _shop.OrderAsync(), DemoAct.Pay);
        await _shop.PressAsync(await _shop.PlanAsync(), DemoAct.Pay);

        Assert.Contains(text, (await _admin.GetAsync(path)).TextOf("main"), StringComparison.Ordinal);
    }
}
