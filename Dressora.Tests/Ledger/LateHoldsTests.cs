using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>An admin gives back what the sweep did not, once, and never what may still be in work.</summary>
public abstract class LateHoldsTests(Engine engine) : OnEngine(engine)
{
    private const long Person = 7;

    private LateHolds Late => The<LateHolds>();

    [Fact]
    public async Task A_hold_is_late_from_its_deadline_and_worrying_ten_minutes_later()
    {
        await Till.GrantAsync(Person, 100);
        await Till.FreezeAsync(Person, 10, "job");
        var deadline = (await Till.HoldOfAsync("job")).Deadline;

        Clock.Advance(deadline - TimeSpan.FromMicroseconds(1) - Clock.GetUtcNow());
        Assert.Empty(await Late.OfAsync(10));
        Assert.Null(await Late.ReleaseAsync(1, "why", 1));

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Single(await Late.OfAsync(10));

        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMicroseconds(1));
        Assert.Equal(0, await Late.WorryingAsync());

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(1, await Late.WorryingAsync());
    }

    [Fact]
    public async Task What_an_admin_gives_back_is_oldest_first_and_stands_under_their_name()
    {
        await Till.GrantAsync(Person, 100);
        await Till.FreezeAsync(Person, 10, "later", lifetime: TimeSpan.FromMinutes(2));
        await Till.FreezeAsync(Person, 5, "sooner", lifetime: TimeSpan.FromMinutes(1));
        Clock.Advance((await Till.HoldOfAsync("later")).Deadline - Clock.GetUtcNow());
        Assert.Equal(["sooner", "later"], (await Late.OfAsync(10)).Select(hold => hold.Reference));
        Assert.Equal("sooner", Assert.Single(await Late.OfAsync(1)).Reference);

        Assert.Equal(new Released(10, 0, 0), await Late.ReleaseAsync((await Till.HoldOfAsync("later")).Id, "the worker died", 3));

        var entry = (await Till.EntriesAsync(Person))[^1];
        Assert.Equal(("admin 3", "the worker died", "later"), (entry.Actor, entry.Reason, entry.Reference));
        var line = await Site.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((3, "release a hold", $"person {Person}", "10 for later: the worker died"), (line.ActorId, line.Action, line.Subject, line.Detail));
    }

    [Fact]
    public async Task Two_admins_and_the_sweep_at_once_give_back_once()
    {
        await Till.GrantAsync(Person, 100);
        for (var round = 1; round <= 20; round++)
            await Till.FreezeAsync(Person, 5, $"job{round}", lifetime: TimeSpan.FromMinutes(1));
        Clock.Advance(TimeSpan.FromMinutes(2));

        for (var round = 1; round <= 20; round++)
        {
            var id = (await Till.HoldOfAsync($"job{round}")).Id;
            await Task.WhenAll(
                Task.Run(() => Late.ReleaseAsync(id, "why", 1)), Task.Run(() => Late.ReleaseAsync(id, "why", 2)),
                Task.Run(() => Till.ReleaseOverdueAsync(1)));
        }

        await Till.ReleaseOverdueAsync();
        Assert.Equal((100, 0), ((await Till.AccountAsync(Person)).Available, (await Till.AccountAsync(Person)).Held));
        var audits = await Site.ReadAsync(db => db.AuditEntries.CountAsync());
        Assert.Equal(audits, await Site.ReadAsync(db => db.CreditEntries.CountAsync(e => e.Kind == EntryKind.Released && e.Actor != Command.System)));
        Assert.True((await The<Verifier>().VerifyAsync()).IsGood);
    }

    [Fact]
    public async Task What_ran_out_meanwhile_is_made_good_as_the_fault_was_ours()
    {
        await Till.GrantAsync(Person, 10, life: TimeSpan.FromHours(1));
        await Till.FreezeAsync(Person, 10, "job");
        Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(new Released(0, 10, 0), await Late.ReleaseAsync((await Till.HoldOfAsync("job")).Id, "the worker died", 1));
        Assert.IsType<NoSuchHold>(await Late.ReleaseAsync(99, "why", 1));
    }
}

public sealed class SqliteLateHoldsTests() : LateHoldsTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresLateHoldsTests() : LateHoldsTests(Engine.Postgres);
