using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>The whole house's sums: each kind by itself, all credits together, and what is owed.</summary>
public abstract class TotalsTests(Engine engine) : OnEngine(engine)
{
    private Totals Totals => The<Totals>();

    [Fact]
    public async Task Every_kind_is_summed_by_itself_and_credits_together()
    {
        await LiveAsync();

        var house = await Totals.OfHouseAsync();

        Assert.Equal(
            [
                new Total(Category.Promo, Scopes.Any, 2, 80, 0, 0, 0, 80, 0), new Total(Category.Paid, Scopes.Any, 4, 2_150, 1_600, 400, 105, 0, 45),
                new Total(Category.Daily, Scopes.Chat, 2, 10, 10, 0, 0, 0, 0), new Total(Category.Daily, Scopes.Image, 2, 6, 4, 2, 0, 0, 0),
            ],
            house.Kinds);
        Assert.Equal(new Total(null, Scopes.Any, 6, 2_230, 1_600, 400, 105, 80, 45), house.Credits);
        Assert.Equal((105, 2, 20, Clock.GetUtcNow()), (house.Debt, house.Debtors, house.Overrun, house.At));
    }

    [Fact]
    public async Task It_counts_once_a_minute()
    {
        var first = await Totals.OfHouseAsync();
        await Till.GrantAsync(7, 100);
        Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMicroseconds(1));
        Assert.Same(first, await Totals.OfHouseAsync());

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(100, (await Totals.OfHouseAsync()).Credits.Issued);
    }

    [Fact]
    public async Task A_count_that_failed_is_made_again_at_once()
    {
        await Books.ChangeAsync(Site, "ALTER TABLE credit_accounts RENAME TO away");
        await Assert.ThrowsAnyAsync<Exception>(Totals.OfHouseAsync);

        await Books.ChangeAsync(Site, "ALTER TABLE away RENAME TO credit_accounts");

        Assert.Equal(0, (await Totals.OfHouseAsync()).Credits.Issued);
    }

    /// <summary>Two who owe, two who do not; every counter of credits has something of each in it.</summary>
    private async Task LiveAsync()
    {
        foreach (var (person, issued, frozen, charged) in ((long, long, long, long)[])[(7, 100, 60, 70), (8, 50, 45, 55)])
        {
            await Till.GrantAsync(person, issued, source: $"payment:{person}");
            await Till.FreezeAsync(person, frozen, $"job:{person}");
            await Till.SettleAsync($"job:{person}", charged);
            await Till.RevokeAsync($"payment:{person}", issued);
        }

        foreach (var person in (long[])[9, 10])
        {
            await Till.GrantAsync(person, 1_000);
            await Till.FreezeAsync(person, 200, $"open:{person}");
            await Till.GrantAsync(person, 40, Category.Promo, TimeSpan.FromMinutes(1));
            await Till.GrantAsync(person, 5, Category.Daily, TimeSpan.FromDays(1), scope: Scopes.Chat);
            await Till.GrantAsync(person, 3, Category.Daily, TimeSpan.FromDays(1), scope: Scopes.Image);
            await Till.FreezeAsync(person, 1, $"picture:{person}", scope: Scopes.Image);
        }

        Clock.Advance(TimeSpan.FromMinutes(2));
        await Till.ExpireAsync();
    }
}

public sealed class SqliteTotalsTests() : TotalsTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresTotalsTests() : TotalsTests(Engine.Postgres);

public sealed class TotalTests
{
    [Theory]
    [InlineData(31, true)]
    [InlineData(30, false)]
    [InlineData(32, false)]
    public void A_total_balances_when_its_parts_are_what_was_issued(long issued, bool isBalanced) =>
        Assert.Equal(isBalanced, new Total(null, Scopes.Any, 1, issued, 1, 2, 4, 8, 16).IsBalanced);
}
