using Dressora.Tests.Harness;
using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>A real browser buys, subscribes, ends it and is refunded, with what a fresh install has.</summary>
[Trait("needs", "browser")]
public sealed class BillingJourney : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.ListenAsync(Engine.Sqlite, null, "Allowances:MonthlyCredits=0");
        await _site.PersonAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task A_pack_is_bought_and_refunded(bool script, int width)
    {
        await using var journey = await BeginAsync(script, width);
        await journey.GoAsync("/billing/buy");
        await journey.TypeAsync("Credits", "1000");
        await journey.PressAsync("Go on to buy these");
        await journey.ReadsAsync("What you buy");
        await journey.ShowsAsync("$27.50");
        await journey.PressAsync("Go on to pay $27.50");
        await journey.ReadsAsync("Pay $27.50");
        await journey.PressAsync("Pay $27.50");
        await journey.ShowsAsync("1,000 credits are in your account");
        await Assertions.Expect(journey.Page.Locator("#credit-pill")).ToContainTextAsync("1,000");
        await journey.Page.GetByRole(AriaRole.Link, new() { Name = "Receipt", Exact = true }).ClickAsync();
        await journey.ReadsAsync("Receipt TEST-2031-000001");

        await journey.GoAsync("/demo/" + await NumberAsync());
        await journey.PressAsync("All of it is refunded");
        await UntilAsync(db => db.Refunds.AnyAsync());
        await journey.GoAsync("/billing");
        await journey.ShowsAsync("sent back");
        await journey.ShowsAsync("Credit note");
        await Assertions.Expect(journey.Page.Locator("#credit-pill")).ToContainTextAsync("0 credits");
    }

    [Fact]
    public async Task The_open_page_turns_and_the_pill_with_it_when_the_bank_says_yes_late()
    {
        await using var journey = await BeginAsync(script: true, 1280);
        await journey.GoAsync("/billing/confirm?credits=1000&currency=USD");
        await journey.PressAsync("Go on to pay $27.50");
        await journey.ReadsAsync("Pay $27.50");
        await journey.PressAsync("No first, yes in a minute");
        await journey.ShowsAsync("The payment did not work so far");
        var moved = false;
        journey.Page.FrameNavigated += (_, _) => moved = true;

        _site.Clock.Advance(TimeSpan.FromMinutes(2));

        await Assertions.Expect(journey.Page.Locator("#order-now")).ToContainTextAsync("1,000 credits are in your account", new() { Timeout = 30_000 });
        await Assertions.Expect(journey.Page.Locator("#credit-pill")).ToContainTextAsync("1,000");
        Assert.False(moved);
    }

    [Theory]
    [InlineData(true, 360)]
    [InlineData(false, 1280)]
    public async Task A_plan_is_chosen_renewed_and_ended(bool script, int width)
    {
        await using var journey = await BeginAsync(script, width);
        await journey.GoAsync("/billing/plans");
        await journey.FollowAsync("Choose 1,000");
        await journey.ReadsAsync("What you buy");
        await journey.PressAsync("Go on to pay $19.00");
        await journey.ReadsAsync("Pay $19.00");
        await journey.Page.GetByRole(AriaRole.Button, new() { Name = "Pay $19.00", Exact = true }).ClickAsync();
        await journey.ShowsAsync("Your plan runs");
        await journey.GoAsync("/billing/plan");
        await journey.ShowsAsync("Next billing date");

        _site.Clock.Advance(TimeSpan.FromDays(32));
        await _site.Services.GetRequiredService<Sweep>().AskAsync(default);
        using var plain = await _site.SignInAsync();
        await journey.BecomeAsync(plain);
        await journey.GoAsync("/billing/plan");
        await Assertions.Expect(journey.Page.Locator("#credit-pill")).ToContainTextAsync("2,000");
        await journey.Page.ClickAsync("details.confirm summary");
        await journey.PressAsync("End the plan");
        await journey.ShowsAsync("Nothing is charged again.");
        await journey.ShowsAsync("Paid until");
    }

    private async Task<Journey> BeginAsync(bool script, int width)
    {
        var journey = await Journey.BeginAsync(_site, new Sight(width, Script: script));
        using var browser = await _site.SignInAsync();
        await journey.BecomeAsync(browser);
        return journey;
    }

    private Task<string> NumberAsync() => _site.ReadAsync(db => db.Orders.Select(o => o.Number).SingleAsync());

    private async Task UntilAsync(Func<Dressora.Web.Data.DressoraDb, Task<bool>> isSo)
    {
        for (var looks = 0; looks < 400; looks++)
        {
            if (await _site.ReadAsync(isSo))
                return;
            await Task.Delay(25);
        }

        Assert.Fail("It never came.");
    }
}
