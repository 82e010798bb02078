using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>While a fault of the books is open nothing moves, whatever verb asks; reading goes on.</summary>
public abstract class GuardTests(Engine engine) : OnEngine(engine)
{
    private const long Person = 7;

    private LedgerGuard Guard => The<LedgerGuard>();

    [Fact]
    public async Task Every_verb_is_refused_and_every_read_answers()
    {
        await Till.GrantAsync(Person, 100, source: "payment");
        await Till.FreezeAsync(Person, 10, "job");
        await Guard.StopAsync("entry 1 was changed");
        Clock.Advance(TimeSpan.FromHours(3));
        var before = await Till.AccountAsync(Person);
        Func<Task>[] verbs =
        [
            () => Till.GrantAsync(Person, 1), () => Till.FreezeAsync(Person, 1, "other"), () => Till.SettleAsync("job", 10),
            () => Till.ReleaseAsync("job"), () => Till.RevokeAsync("payment", 1), () => Till.AdjustAsync(Person, 1),
            () => Till.AdjustAsync(Person, -1), () => Till.ForfeitAsync(Person), () => Till.ReleaseOverdueAsync(),
            () => The<LateHolds>().ReleaseAsync(1, "late", 1), () => The<Allowances>().EnsureAsync(Person, "UTC"),
            () => The<Proposals>().AskAsync("key", Person, 5, "why", 1),
        ];

        foreach (var verb in verbs)
        {
            var refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(verb);
            Assert.Equal(Unavailable.Damaged, refused.Why);
        }

        Assert.Equal("entry 1 was changed", (await Guard.OpenFaultAsync())!.What);
        Assert.Equal(before.Entries, (await Till.AccountAsync(Person)).Entries);
        Assert.Equal(90, (await The<Balances>().OfAsync(Person, "UTC")).Available);
        Assert.True((await The<Verifier>().VerifyAsync()).IsGood);
        Assert.Equal(100, (await The<Totals>().OfHouseAsync()).Credits.Issued);
    }

    [Fact]
    public async Task A_fault_stops_the_very_next_verb()
    {
        await Till.GrantAsync(Person, 1);

        await Guard.StopAsync("a fault");

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Till.GrantAsync(Person, 1));
    }

    [Fact]
    public async Task Of_several_open_faults_the_first_is_told()
    {
        var at = InstantConverter.ToMicroseconds(Clock.GetUtcNow());
        await Books.ChangeAsync(Site, $"INSERT INTO credit_faults (found_at, what) VALUES ({at}, 'first'), ({at}, 'second')");

        Assert.Equal("first", (await Guard.OpenFaultAsync())!.What);
    }

    [Fact]
    public async Task The_expiry_of_credits_waits_too_and_is_booked_afterwards()
    {
        await Till.GrantAsync(Person, 100, life: TimeSpan.FromHours(1));
        await Guard.StopAsync("a fault");
        Clock.Advance(TimeSpan.FromHours(2));

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Till.ExpireAsync());
        Assert.Equal(100, (await Till.AccountAsync(Person)).Available);

        await Guard.ClearAsync(1, "mended");
        Assert.Equal(1, await Till.ExpireAsync());
    }

    [Fact]
    public async Task What_was_refused_under_a_key_can_be_done_under_it_once_the_books_are_open()
    {
        await Guard.StopAsync("a fault");
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Till.AdjustAsync(Person, 5, key: "gift"));

        await Guard.ClearAsync(1, "mended");

        Assert.Equal(new Adjusted(5), await Till.AdjustAsync(Person, 5, key: "gift"));
    }

    [Fact]
    public async Task The_first_fault_stays_the_open_one_and_clearing_is_one_line_in_the_audit_list()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => Guard.StopAsync($"fault {i}"))));
        var first = (await Guard.OpenFaultAsync())!;

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Guard.ClearAsync(3, "mended"))));

        Assert.Null(await Guard.OpenFaultAsync());
        var fault = await Site.ReadAsync(db => db.CreditFaults.SingleAsync());
        Assert.Equal((first.Id, 3L, Clock.GetUtcNow()), (fault.Id, fault.ClearedBy, fault.ClearedAt));
        var line = await Site.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((3L, "open the books", "ledger", "mended"), (line.ActorId, line.Action, line.Subject, line.Detail));
    }

    [Fact]
    public async Task What_another_node_found_is_noticed_within_half_a_minute()
    {
        await Till.GrantAsync(Person, 1);
        await Books.ChangeAsync(Site, $"INSERT INTO credit_faults (found_at, what) VALUES ({InstantConverter.ToMicroseconds(Clock.GetUtcNow())}, 'elsewhere')");
        await Till.GrantAsync(Person, 1);

        Clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => Till.GrantAsync(Person, 1));

        await Books.ChangeAsync(Site, "UPDATE credit_faults SET cleared_at = 1, cleared_by = 1");
        Clock.Advance(TimeSpan.FromSeconds(30));
        await Till.GrantAsync(Person, 1);
    }
}

public sealed class SqliteGuardTests() : GuardTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresGuardTests() : GuardTests(Engine.Postgres);
