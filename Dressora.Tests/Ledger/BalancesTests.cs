using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>What is read is right at that instant, whatever the sweeps have or have not done.</summary>
public abstract class BalancesTests(Engine engine) : OnEngine(engine)
{
    private const long Person = 7;

    private Balances Balances => The<Balances>();

    [Fact]
    public async Task Whoever_has_no_account_has_nothing()
    {
        var balance = await Balances.OfAsync(Person, "UTC");

        Assert.Equal((0, 0, 0, 0, 0, 0), (balance.Available, balance.Held, balance.Debt, balance.UsedToday, balance.UsedThisMonth, balance.UsedInThirtyDays));
        Assert.Empty(balance.Grants);
        Assert.Null(balance.DaysLeft);
        Assert.Equal(Sums.None, await Balances.SumsAsync(Person));
        Assert.True((await Balances.ExplainAsync("nothing")).IsEmpty);
    }

    [Fact]
    public async Task A_grant_counts_from_its_first_instant_to_the_one_before_its_end()
    {
        await Till.GrantAsync(Person, 10, life: TimeSpan.FromHours(1), from: Clock.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal((0, 0), await AvailableAsync());

        Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1));
        Assert.Equal((0, 0), await AvailableAsync());

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal((10, 10), await AvailableAsync());

        Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1));
        Assert.Equal((10, 10), await AvailableAsync());

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal((0, 0), await AvailableAsync());
        Assert.Equal(10, (await Till.AccountAsync(Person)).Available);

        await Till.ExpireAsync();
        Assert.Equal((0, 0), await AvailableAsync());
        Assert.Equal(0, (await Till.AccountAsync(Person)).Available);
    }

    [Fact]
    public async Task A_sweep_that_slept_for_a_week_changes_no_answer()
    {
        await Till.GrantAsync(Person, 10, life: TimeSpan.FromDays(1));
        await Till.GrantAsync(Person, 5);
        Clock.Advance(TimeSpan.FromDays(8));

        var before = await Balances.OfAsync(Person, "UTC");
        await Till.ExpireAsync();
        var after = await Balances.OfAsync(Person, "UTC");

        Assert.Equal((5, 5), (before.Available, after.Available));
        Assert.Equal(before.Grants.Select(grant => grant.Id), after.Grants.Select(grant => grant.Id));
    }

    [Fact]
    public async Task Held_counts_though_its_grant_has_ended_and_uses_are_no_credits()
    {
        await Till.GrantAsync(Person, 10, life: TimeSpan.FromHours(1));
        await Till.GrantAsync(Person, 3, Category.Daily, TimeSpan.FromDays(1), scope: Scopes.Image);
        await Till.FreezeAsync(Person, 4, "job");
        await Till.FreezeAsync(Person, 1, "picture", scope: Scopes.Image);
        Clock.Advance(TimeSpan.FromHours(1));

        var balance = await Balances.OfAsync(Person, "UTC");

        Assert.Equal((0, 4), (balance.Available, balance.Held));
        Assert.Equal((2, 0), (balance.LeftIn(Scopes.Image), balance.LeftIn(Scopes.Chat)));
        Assert.Equal(new Sums(0, 4), await Balances.SumsAsync(Person));
    }

    [Fact]
    public async Task Sums_of_many_people_are_each_their_own()
    {
        for (long person = 1; person <= 60; person++)
            await Till.GrantAsync(person, person);
        await Till.FreezeAsync(30, 20, "job");

        var sums = await Balances.SumsAsync([.. Enumerable.Range(20, 50).Select(n => (long)n)]);

        Assert.Equal(41, sums.Count);
        Assert.Equal(new Sums(20, 0), sums[20]);
        Assert.Equal(new Sums(10, 20), sums[30]);
        Assert.False(sums.ContainsKey(61));
    }

    [Fact]
    public async Task Grants_come_in_the_order_in_which_a_freeze_takes_them()
    {
        await Till.GrantAsync(Person, 1, Category.Paid, source: "paid, never ends");
        await Till.GrantAsync(Person, 1, Category.Paid, TimeSpan.FromDays(9), "paid, ends");
        await Till.GrantAsync(Person, 1, Category.Compensation, TimeSpan.FromDays(3), "made good");
        await Till.GrantAsync(Person, 1, Category.Promo, TimeSpan.FromDays(5), "promo, later");
        await Till.GrantAsync(Person, 1, Category.Promo, TimeSpan.FromDays(4), "promo, sooner");
        await Till.GrantAsync(Person, 1, Category.Plan, TimeSpan.FromDays(30), "plan");
        string[] order = ["plan", "promo, sooner", "promo, later", "made good", "paid, ends", "paid, never ends"];

        Assert.Equal(order, (await Balances.OfAsync(Person, "UTC")).Grants.Select(grant => grant.Source));

        for (var i = 0; i < order.Length; i++)
        {
            await Till.FreezeAsync(Person, 1, $"job{i}");
            Assert.Equal(1, (await Till.GrantOfAsync(order[i])).Held);
        }
    }

    [Fact]
    public async Task Grants_that_end_together_come_by_their_beginning_and_then_as_they_were_given()
    {
        var now = Clock.GetUtcNow();
        await Till.GrantAsync(Person, 1, source: "late", from: now - TimeSpan.FromHours(1));
        await Till.GrantAsync(Person, 1, source: "early", from: now - TimeSpan.FromHours(2));
        await Till.GrantAsync(Person, 1, source: "early too", from: now - TimeSpan.FromHours(2));

        Assert.Equal(["early", "early too", "late"], (await Balances.OfAsync(Person, "UTC")).Grants.Select(grant => grant.Source));
    }

    [Fact]
    public async Task A_grant_is_told_while_something_of_it_is_left_or_held()
    {
        await Till.GrantAsync(Person, 3, Category.Plan, source: "used");
        await SpendAsync("first", 3);
        await Till.GrantAsync(Person, 5, Category.Promo, source: "held");
        await Till.FreezeAsync(Person, 5, "second");
        await Till.GrantAsync(Person, 7, source: "left");
        await Till.GrantAsync(Person + 1, 9, source: "another's");

        var balance = await Balances.OfAsync(Person, "UTC");

        Assert.Equal(["held", "left"], balance.Grants.Select(grant => grant.Source));
        Assert.Equal((7, 5), (balance.Available, balance.Held));
    }

    [Fact]
    public async Task A_debt_is_told()
    {
        await Till.GrantAsync(Person, 3, source: "payment");
        await SpendAsync("job", 3);
        await Till.RevokeAsync("payment", 2);

        Assert.Equal(2, (await Balances.OfAsync(Person, "UTC")).Debt);
    }

    [Fact]
    public async Task Used_are_only_credits_and_only_ones_own()
    {
        await Till.GrantAsync(Person, 3, Category.Daily, TimeSpan.FromDays(1), scope: Scopes.Image);
        await Till.FreezeAsync(Person, 1, "picture", scope: Scopes.Image);
        await Till.SettleAsync("picture", 1);
        await Till.GrantAsync(Person, 10);
        await SpendAsync("job", 4);
        await Till.FreezeAsync(Person, 2, "given back");
        await Till.ReleaseAsync("given back");
        await Till.GrantAsync(Person + 1, 10);
        await Till.FreezeAsync(Person + 1, 7, "another's");
        await Till.SettleAsync("another's", 7);

        var balance = await Balances.OfAsync(Person, "UTC");

        Assert.Equal((4, 4, 4), (balance.UsedToday, balance.UsedThisMonth, balance.UsedInThirtyDays));
    }

    [Fact]
    public async Task Used_is_what_was_spent_in_the_persons_day_month_and_last_thirty_days()
    {
        await Till.GrantAsync(Person, 1_000);
        await SpendAsync("february", 1);
        Clock.Advance(TimeSpan.FromDays(20));
        await SpendAsync("long ago", 10);
        Clock.Advance(new DateTimeOffset(2031, 4, 9, 18, 29, 59, TimeSpan.Zero) - Clock.GetUtcNow());
        await SpendAsync("yesterday", 100);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SpendAsync("today", 200);

        var there = await Balances.OfAsync(Person, "Asia/Kolkata");
        var here = await Balances.OfAsync(Person, "UTC");

        Assert.Equal((200, 300, 310), (there.UsedToday, there.UsedThisMonth, there.UsedInThirtyDays));
        Assert.Equal(300, here.UsedToday);
        Assert.Equal(689 * 30 / 310, there.DaysLeft);
    }

    [Fact]
    public async Task What_is_spent_in_the_first_instant_of_a_day_is_that_days()
    {
        await Till.GrantAsync(Person, 10);
        await Till.FreezeAsync(Person, 4, "job", lifetime: TimeSpan.FromHours(24));
        Clock.Advance(new DateTimeOffset(2031, 3, 5, 0, 0, 0, TimeSpan.Zero) - Clock.GetUtcNow());
        await Till.SettleAsync("job", 4);

        Assert.Equal(4, (await Balances.OfAsync(Person, "UTC")).UsedToday);
    }

    [Fact]
    public async Task A_zone_that_the_machine_does_not_know_counts_as_UTC()
    {
        await Till.GrantAsync(Person, 10);
        await SpendAsync("job", 3);

        Assert.Equal(3, (await Balances.OfAsync(Person, "Nowhere/Land")).UsedToday);
    }

    [Fact]
    public async Task A_jobs_life_is_its_own_entries_with_what_made_it_good_and_no_others()
    {
        await Till.GrantAsync(Person, 10, Category.Promo, TimeSpan.FromHours(1), "promo");
        await Till.GrantAsync(Person, 10, source: "payment");
        await Till.FreezeAsync(Person, 15, "slow");
        await Till.FreezeAsync(Person, 1, "other");
        Clock.Advance(TimeSpan.FromHours(1));
        await Till.ReleaseAsync("slow");
        await Till.FreezeAsync(Person, 5, "next");

        var job = await Balances.ExplainAsync("slow");
        var payment = await Balances.ExplainAsync("payment");

        Assert.Equal(HoldState.Released, job.Hold!.State);
        Assert.Equal([10, 5], job.Slices.Select(slice => slice.Amount));
        Assert.Equal(
            [EntryKind.Frozen, EntryKind.Frozen, EntryKind.Released, EntryKind.Expired, EntryKind.Granted],
            job.Entries.Select(entry => entry.Kind));
        Assert.Equal(3, job.Grants.Count);
        Assert.True(job.IsOnlyOf(Person));
        Assert.False(job.IsOnlyOf(Person + 1));
        Assert.Null(job.Grant);
        Assert.Equal(10, payment.Grant!.Issued);
        Assert.Equal(4, payment.Entries.Count);
    }

    [Fact]
    public async Task A_payments_life_is_told_in_order_and_only_the_first_hundred_of_what_it_paid()
    {
        await Till.GrantAsync(Person, 200, source: "payment");
        for (var i = 0; i < 101; i++)
            await Till.FreezeAsync(Person, 1, $"job{i}");
        await Till.RevokeAsync("payment", 200);

        var payment = await Balances.ExplainAsync("payment");

        var ids = payment.Entries.Select(entry => entry.Id).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(1 + 99 + 1, ids.Count);
        Assert.Equal(("job0", "job98"), (payment.Entries[1].Reference, payment.Entries[^2].Reference));
        Assert.Equal(EntryKind.Revoked, payment.Entries[^1].Kind);
        Assert.True(payment.IsCut);
    }

    [Fact]
    public async Task What_is_asked_for_is_found_by_its_own_name_only()
    {
        await Till.GrantAsync(Person, 10, source: "payment");
        await Till.FreezeAsync(Person, 1, "job");
        await Till.FreezeAsync(Person, 2, "another");

        var job = await Balances.ExplainAsync("job");

        Assert.Equal(("job", "job"), (job.Reference, job.Hold!.Reference));
        Assert.Equal(1, Assert.Single(job.Slices).Amount);
        Assert.Equal("job", Assert.Single(job.Entries).Reference);
        Assert.Equal("payment", Assert.Single(job.Grants).Value.Source);
        Assert.Empty((await Balances.ExplainAsync("nothing")).Grants);
        Assert.Empty((await Balances.ExplainAsync("payment")).Slices);
    }

    private async Task<(long, long)> AvailableAsync() =>
        ((await Balances.OfAsync(Person, "UTC")).Available, (await Balances.SumsAsync(Person)).Available);

    private async Task SpendAsync(string job, long amount)
    {
        await Till.FreezeAsync(Person, amount, job);
        await Till.SettleAsync(job, amount);
    }
}

public sealed class SqliteBalancesTests() : BalancesTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresBalancesTests() : BalancesTests(Engine.Postgres);
