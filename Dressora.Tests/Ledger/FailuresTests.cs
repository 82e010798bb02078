using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>
/// The n-th statement of a verb fails before its effect, for n = 1, 2, 3 … until none fails; and its commit is answered by
/// nobody. Nothing of a failed verb remains, and asking again is harmless.
/// </summary>
public abstract class Failures
{
    private const int StatementsMax = 200;
    private readonly SharedVault _shared;
    private readonly Vault _vault;
    private readonly Till _till;

    private protected Failures(SharedVault shared)
    {
        _shared = shared;
        _vault = shared.Vault;
        _till = _vault.Till;
    }

    public static TheoryData<string> Verbs => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_that_fails_at_any_statement_leaves_nothing_and_may_be_asked_again(string verb)
    {
        var right = await RunAsync(verb, async (_, ask) => await ask(_ => { }));
        var n = 0;
        for (var failed = true; failed; )
        {
            n++;
            Assert.InRange(n, 1, StatementsMax);
            failed = false;
            var retried = await RunAsync(verb, async (person, ask) =>
            {
                var before = await StateAsync(person);
                try
                {
                    return await ask(write => FailAt(write, n));
                }
                catch (InjectedException)
                {
                    failed = true;
                    Assert.Equal(before, await StateAsync(person));
                    return await ask(_ => { });
                }
            });
            Assert.Equal(right, retried);
        }

        Assert.InRange(n, 5, StatementsMax);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_whose_answer_was_lost_may_be_asked_again(string verb)
    {
        var right = await RunAsync(verb, async (_, ask) => await ask(_ => { }));

        var again = await RunAsync(verb, async (_, ask) =>
        {
            var lost = await ask(_ => { });
            var heard = await ask(_ => { });
            Assert.Equal(IsSweep(verb) ? "0" : lost, heard);
            return lost;
        });

        Assert.Equal(right, again);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_whose_commit_fails_leaves_nothing_and_may_be_asked_again(string verb)
    {
        var right = await RunAsync(verb, async (_, ask) => await ask(_ => { }));

        var retried = await RunAsync(verb, async (person, ask) =>
        {
            var before = await StateAsync(person);
            await Assert.ThrowsAsync<InjectedException>(() => ask(null));
            Assert.Equal(before, await StateAsync(person));
            return await ask(_ => { });
        });

        Assert.Equal(right, retried);
    }

    private static bool IsSweep(string verb) => verb is "expire" or "overdue";

    /// <summary>The answer and everything that can be counted afterwards, without the numbers of rows and people.</summary>
    private async Task<string> RunAsync(string verb, Func<long, Func<Action<Write>?, Task<string>>, Task<string>> run)
    {
        var person = _shared.NewPerson();
        await PrepareAsync(person);
        var act = Cases[verb];
        var answer = await run(person, prepare => _vault.Database.WriteAsync(async write =>
        {
            prepare?.Invoke(write);
            var said = await act(_till.Ledger, write, person);
            write.BeforeStatement = null;
            return prepare is null ? throw new InjectedException() : (await InventoryAsync(write, person)).Describe(said);
        }));
        await Recount.CheckAsync(_vault.Database, person, person);
        var outcome = $"{answer}\n{await StateAsync(person)}";
        await ClearAsync(person);
        return outcome;
    }

    /// <summary>The sweeps of the next run find nothing of this one.</summary>
    private async Task ClearAsync(long person)
    {
        await _till.ReleaseOverdueAsync();
        await _till.ReleaseAsync($"next:{person}");
        await _till.ForfeitAsync(person);
    }

    /// <summary>Two grants, one of them ended; an open hold over both, past its deadline; something spent, something owed.</summary>
    private async Task PrepareAsync(long person)
    {
        _vault.Clock.Set(FakeClock.Start);
        await _till.GrantAsync(person, 10, source: $"old:{person}");
        await _till.FreezeAsync(person, 6, $"old:{person}");
        await _till.SettleAsync($"old:{person}", 6);
        await _till.GrantAsync(person, 5, Category.Plan, TimeSpan.FromMinutes(10), $"plan:{person}");
        await _till.GrantAsync(person, 50, Category.Promo, source: $"promo:{person}");
        await _till.FreezeAsync(person, 7, $"job:{person}", lifetime: TimeSpan.FromMinutes(20));
        await _till.GrantAsync(person, 3, Category.Daily, TimeSpan.FromMinutes(5), $"day:{person}");
        _vault.Clock.Advance(TimeSpan.FromMinutes(30));
    }

    private static Task<Inventory> InventoryAsync(Write write, long person) => new Inventory(person, person, $":{person}").ReadAsync(write);

    private Task<string> StateAsync(long person) => _vault.Database.WriteAsync(async write => (await InventoryAsync(write, person)).Text);

    private static void FailAt(Write write, int n)
    {
        var left = n;
        write.BeforeStatement = () =>
        {
            if (--left == 0)
                throw new InjectedException();
        };
    }

    private static readonly Dictionary<string, Func<CreditLedger, Write, long, Task<object>>> Cases = new()
    {
        ["grant"] = async (ledger, write, person) => await ledger.GrantAsync(write, Order(write, person, Category.Paid)),
        ["renew"] = async (ledger, write, person) => await ledger.RenewAsync(write, Order(write, person, Category.Plan), resets: true),
        ["freeze"] = async (ledger, write, person) => await ledger.FreezeAsync(write, Key(person), person, 20, $"next:{person}"),
        ["freeze, refused"] = async (ledger, write, person) => await ledger.FreezeAsync(write, Key(person), person, 2_000, $"next:{person}"),
        ["settle"] = async (ledger, write, person) => await ledger.SettleAsync(write, Key(person), $"job:{person}", 3),
        ["settle, more"] = async (ledger, write, person) => await ledger.SettleAsync(write, Key(person), $"job:{person}", 9),
        ["release"] = async (ledger, write, person) =>
            await ledger.ReleaseAsync(write, Key(person), $"job:{person}", ReleaseCause.Failed, "test"),
        ["cancel"] = async (ledger, write, person) =>
            await ledger.ReleaseAsync(write, Key(person), $"job:{person}", ReleaseCause.Cancelled, "test"),
        ["revoke"] = async (ledger, write, person) => await ledger.RevokeAsync(write, Key(person), $"old:{person}", 10, "test"),
        ["revoke, held"] = async (ledger, write, person) => await ledger.RevokeAsync(write, Key(person), $"promo:{person}", 50, "test"),
        ["gift"] = async (ledger, write, person) => await ledger.AdjustAsync(write, Key(person), person, 9, "test"),
        ["correct"] = async (ledger, write, person) => await ledger.AdjustAsync(write, Key(person), person, -9, "test"),
        ["forfeit"] = async (ledger, write, person) => await ledger.ForfeitAsync(write, Key(person), person, "test"),
        ["expire"] = async (ledger, write, _) => await ledger.ExpireAsync(write, 100),
        ["overdue"] = async (ledger, write, _) => (await ledger.ReleaseOverdueAsync(write, 100)).Count,
    };

    private static Command Key(long person) => new($"do:{person}");

    private static GrantOrder Order(Write write, long person, Category category) =>
        new(person, category, 30, write.Now - TimeSpan.FromHours(1), Grant.Never, $"new:{person}", "test");

    private sealed class InjectedException : Exception;
}

public sealed class SqliteFailuresTests(SqliteVault vault) : Failures(vault), IClassFixture<SqliteVault>;

[Trait("needs", "postgres")]
public sealed class PostgresFailuresTests(PostgresVault vault) : Failures(vault), IClassFixture<PostgresVault>;
