using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>The month's credits by UTC, the day's uses by the person's midnight, each once.</summary>
public abstract class AllowancesTests(Engine engine) : OnEngine(engine)
{
    private const long Person = 7;

    private Allowances Allowances => The<Allowances>();

    [Fact]
    public async Task The_first_look_gives_the_month_and_the_day_and_the_next_gives_nothing()
    {
        await Allowances.EnsureAsync(Person, "UTC");
        await Allowances.EnsureAsync(Person, "UTC");

        Assert.Equal(
            [
                "chat 5 daily:chat:7:2031-03-04 2031-03-04 00:00 2031-03-05 00:00",
                "image 2 daily:image:7:2031-03-04 2031-03-04 00:00 2031-03-05 00:00",
                "500 free:7:2031-03 2031-03-01 00:00 2031-04-01 00:00",
            ],
            await GrantsAsync());
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2031-03-04", "2031-03-03 18:30", "2031-03-04 18:30")]
    [InlineData("America/Los_Angeles", "2031-03-03", "2031-03-03 08:00", "2031-03-04 08:00")]
    [InlineData("Pacific/Kiritimati", "2031-03-04", "2031-03-03 10:00", "2031-03-04 10:00")]
    public async Task A_day_is_the_persons_own(string zone, string day, string begins, string ends)
    {
        await Allowances.EnsureAsync(Person, zone);

        Assert.Contains($"image 2 daily:image:7:{day} {begins} {ends}", await GrantsAsync());
    }

    [Fact]
    public async Task The_day_the_clocks_go_forward_has_twenty_three_hours()
    {
        Clock.Advance(new DateTimeOffset(2031, 3, 9, 12, 0, 0, TimeSpan.Zero) - Clock.GetUtcNow());
        await Allowances.EnsureAsync(Person, "America/Los_Angeles");

        Assert.Contains("image 2 daily:image:7:2031-03-09 2031-03-09 08:00 2031-03-10 07:00", await GrantsAsync());
    }

    [Fact]
    public async Task At_the_turn_of_the_month_the_new_credits_come_and_the_old_are_over()
    {
        await Allowances.EnsureAsync(Person, "UTC");
        await Till.FreezeAsync(Person, 100, "job");
        await Till.SettleAsync("job", 100);
        Clock.Advance(new DateTimeOffset(2031, 4, 1, 0, 0, 0, TimeSpan.Zero) - TimeSpan.FromMicroseconds(1) - Clock.GetUtcNow());
        await Allowances.EnsureAsync(Person, "UTC");
        Assert.Equal(400, await AvailableAsync());

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        await Allowances.EnsureAsync(Person, "UTC");
        Assert.Equal(500, await AvailableAsync());
    }

    [Fact]
    public async Task Many_looks_at_once_give_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Allowances.EnsureAsync(Person, "UTC"))));

        Assert.Equal(3, (await GrantsAsync()).Count);
        Assert.True((await The<Verifier>().VerifyAsync()).IsGood);
    }

    [Fact]
    public async Task Whoever_moves_to_another_zone_gets_no_second_month_and_a_day_at_most_once_by_its_date()
    {
        await Allowances.EnsureAsync(Person, "Asia/Kolkata");
        await Allowances.EnsureAsync(Person, "UTC");

        Assert.Equal(3, (await GrantsAsync()).Count);
    }

    [Fact]
    public async Task A_verb_about_to_freeze_finds_what_is_due()
    {
        var frozen = await Site.Database.WriteAsync(async write =>
        {
            await Allowances.IssueAsync(write, Person, "UTC");
            return await Till.Ledger.FreezeAsync(write, new Command("f"), Person, 500, "job");
        });

        Assert.IsType<Frozen>(frozen);
    }

    [Fact]
    public async Task While_the_books_are_closed_a_look_gives_nothing_and_breaks_nothing()
    {
        await The<LedgerGuard>().StopAsync("a fault");

        await Allowances.TryEnsureAsync(Person, "UTC");

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Allowances.EnsureAsync(Person, "UTC"));
        Assert.Empty(await GrantsAsync());
    }

    [Fact]
    public async Task The_sweep_gives_the_month_to_whoever_was_here_lately_and_may_come_in()
    {
        var here = await Site.PersonAsync("here@example.org");
        var gone = await Site.PersonAsync("gone@example.org");
        await Site.PersonAsync("unconfirmed@example.org", confirmed: false);
        var suspended = await Site.PersonAsync("suspended@example.org");
        await Site.Database.WriteAsync(async write =>
        {
            (await write.Db.Users.SingleAsync(user => user.Id == gone.Id)).Seen(write.Now - TimeSpan.FromDays(31));
            (await write.Db.Users.SingleAsync(user => user.Id == suspended.Id)).Suspend(write.Now);
        });

        var given = await Allowances.SweepAsync(100);
        var again = await Allowances.SweepAsync(100);

        Assert.Equal((1, 0), (given, again));
        Assert.All(await GrantsAsync(), grant => Assert.Contains($":{here.Id}:", grant, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sweep_takes_a_bounded_number_and_goes_on_where_it_stopped()
    {
        for (var i = 0; i < 5; i++)
            await Site.PersonAsync($"person{i}@example.org");

        var given = new List<int>();
        for (var i = 0; i < 4; i++)
            given.Add(await Allowances.SweepAsync(2));

        Assert.Equal([2, 2, 1, 0], given);
    }

    [Fact]
    public async Task What_is_given_says_for_what()
    {
        await Allowances.TryEnsureAsync(Person, "UTC");

        Assert.Equal(
            ["500 free plan", "5 daily allowance", "2 daily allowance"],
            (await Till.EntriesAsync(Person)).Select(entry => $"{entry.Amount} {entry.Reason}"));
    }

    [Fact]
    public async Task A_look_that_finds_everything_waits_for_no_write()
    {
        await Allowances.EnsureAsync(Person, "UTC");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Site.Database.WriteAsync(_ => end.Task);

        try
        {
            await Allowances.EnsureAsync(Person, "UTC").WaitAsync(TimeSpan.FromSeconds(5));
        }
        finally
        {
            end.SetResult();
            await writing;
        }
    }

    [Fact]
    public async Task The_sweep_begins_with_whoever_has_been_here_longest()
    {
        var people = new List<long>();
        for (var i = 0; i < 3; i++)
            people.Add((await Site.PersonAsync($"person{i}@example.org")).Id);

        await Allowances.SweepAsync(2);

        var given = await Site.ReadAsync(db => db.CreditAccounts.Select(account => account.UserId).ToListAsync());
        Assert.Equal(people.Take(2), given.Order());
    }

    [Fact]
    public async Task Whoever_was_here_last_thirty_days_ago_is_not_awake()
    {
        await Site.PersonAsync();

        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await Allowances.SweepAsync(100));
    }

    [Fact]
    public async Task In_the_first_instant_of_a_month_the_sweep_gives_the_new_one_once()
    {
        await Site.PersonAsync();
        Assert.Equal(1, await Allowances.SweepAsync(100));

        Clock.Advance(new DateTimeOffset(2031, 4, 1, 0, 0, 0, TimeSpan.Zero) - Clock.GetUtcNow());

        Assert.Equal((1, 0), (await Allowances.SweepAsync(100), await Allowances.SweepAsync(100)));
    }

    private async Task<long> AvailableAsync() => (await The<Balances>().SumsAsync(Person)).Available;

    private Task<List<string>> GrantsAsync() => Site.ReadAsync(async db => (await db.CreditGrants.ToListAsync())
        .Select(g => $"{g.Scope} {g.Issued} {g.Source} {g.EffectiveAt:yyyy-MM-dd HH:mm} {g.ExpiresAt:yyyy-MM-dd HH:mm}".Trim())
        .OrderBy(line => char.IsDigit(line[0])).ThenBy(line => line, StringComparer.Ordinal).ToList());
}

public sealed class SqliteAllowancesTests() : AllowancesTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresAllowancesTests() : AllowancesTests(Engine.Postgres);

public sealed class AllowanceOptionsTests
{
    [Fact]
    public async Task What_is_set_to_nothing_is_not_given()
    {
        await using var site = await Site.StartAsync(settings: ["Allowances:MonthlyCredits=0", "Allowances:DailyChat=0", "Allowances:DailyImages=3"]);
        var till = new Till(site);
        await site.Database.WriteAsync(write => Allowances(site).IssueAsync(write, 7, "UTC"));
        await site.PersonAsync();

        Assert.Equal(3, (await site.ReadAsync(db => db.CreditGrants.SingleAsync())).Issued);
        Assert.Equal(0, await Allowances(site).SweepAsync(10));
        Assert.IsType<NotEnoughCredits>(await till.FreezeAsync(7, 1, "job"));
    }

    private static Allowances Allowances(Site site) =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Allowances>(site.Services);
}
