using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>Everybody at once: one wins, and everybody else is told so. DRESSORA_LEDGER_ROUNDS says how often.</summary>
public abstract class Races
{
    private const int Crowd = 500;
    private readonly SharedVault _shared;
    private readonly Vault _vault;
    private readonly Till _till;
    private readonly int _rounds;

    private protected Races(SharedVault shared, int rounds)
    {
        _shared = shared;
        _vault = shared.Vault;
        _till = _vault.Till;
        _rounds = int.TryParse(Environment.GetEnvironmentVariable("DRESSORA_LEDGER_ROUNDS"), CultureInfo.InvariantCulture, out var asked) ? asked : rounds;
    }

    [Fact]
    public Task Of_five_hundred_freezes_with_credit_for_one_exactly_one_wins() => RoundsAsync(_rounds, async (person, job) =>
    {
        await _till.GrantAsync(person, 7);

        var answers = await AtOnceAsync(Crowd, i => _till.FreezeAsync(person, 7, $"{job}:{i}"));

        Assert.Single(answers.OfType<Frozen>());
        Assert.Equal(Crowd - 1, answers.Count(answer => answer is NotEnoughCredits { Available: 0, Needed: 7 }));
        Assert.Equal((0, 7, 0), await _till.SumsAsync(person));
    });

    [Fact]
    public Task Of_everything_that_can_end_a_hold_exactly_one_does() => RoundsAsync(_rounds, async (person, job) =>
    {
        await _till.GrantAsync(person, 10);
        await _till.FreezeAsync(person, 4, job, lifetime: TimeSpan.FromMinutes(1));
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));

        var answers = await AtOnceAsync(24, i => (i % 4) switch
        {
            0 => _till.SettleAsync(job, 3),
            1 => _till.ReleaseAsync(job, ReleaseCause.Failed),
            2 => _till.ReleaseAsync(job, ReleaseCause.Cancelled),
            _ => SweptAsync(job),
        });

        var winner = Assert.Single(answers, answer => answer is Settled or Released);
        Assert.Equal((winner is Settled ? 7 : 10, 0, 0), await _till.SumsAsync(person));
        Assert.Equal(winner is Settled ? HoldState.Settled : HoldState.Released, (await _till.HoldOfAsync(job)).State);
    });

    [Fact]
    public Task Of_many_grants_from_one_source_one_gives() => RoundsAsync(_rounds, async (person, job) =>
    {
        var now = _till.Now;

        var answers = await AtOnceAsync(24, _ => _till.GrantAsync(person, 10, source: job, from: now));

        Assert.IsType<Granted>(Assert.Single(answers.Distinct()));
        Assert.Equal((10, 0, 0), await _till.SumsAsync(person));
    });

    /// <summary>The seal of the books would count a second opening.</summary>
    [Fact]
    public Task A_persons_first_grants_at_once_open_one_account() => RoundsAsync(_rounds, async (person, job) =>
    {
        var answers = await AtOnceAsync(24, i => _till.GrantAsync(person, 10, source: $"{job}:{i}"));

        Assert.Equal(24, answers.OfType<Granted>().Count());
        Assert.Equal((240, 0, 0), await _till.SumsAsync(person));
    });

    [Fact]
    public Task The_same_command_many_times_at_once_is_one_command() => RoundsAsync(_rounds, async (person, job) =>
    {
        await _till.GrantAsync(person, 10);

        var answers = await AtOnceAsync(24, _ => _till.FreezeAsync(person, 4, job, key: job));

        Assert.IsType<Frozen>(Assert.Single(answers.Distinct()));
        Assert.Equal((6, 4, 0), await _till.SumsAsync(person));
    });

    [Fact]
    public Task A_key_two_people_use_at_once_serves_one_of_them() => RoundsAsync(_rounds, async (person, job) =>
    {
        var other = _shared.NewPerson();
        await _till.GrantAsync(person, 10);
        await _till.GrantAsync(other, 10);

        var answers = await AtOnceAsync(24, i => _till.FreezeAsync(i % 2 == 0 ? person : other, 4, $"{job}:{i % 2}", key: job));

        Assert.Equal(12, answers.OfType<KeyReused>().Count());
        Assert.IsType<Frozen>(Assert.Single(answers.Where(answer => answer is not KeyReused).Distinct()));
        Assert.Equal(4, (await _till.SumsAsync(person)).Held + (await _till.SumsAsync(other)).Held);
    });

    [Fact]
    public Task A_job_two_people_freeze_at_once_has_one_hold() => RoundsAsync(_rounds, async (person, job) =>
    {
        var other = _shared.NewPerson();
        await _till.GrantAsync(person, 100);
        await _till.GrantAsync(other, 100);

        var answers = await AtOnceAsync(24, i => _till.FreezeAsync(i % 2 == 0 ? person : other, 4, job));

        Assert.Single(answers.OfType<Frozen>());
        Assert.Equal(23, answers.OfType<AlreadyHeld>().Count());
        Assert.Equal(4, (await _till.SumsAsync(person)).Held + (await _till.SumsAsync(other)).Held);
    });

    /// <summary>Verbs for many people, with two nodes' sweeps over all of them whose clocks differ: nobody waits in a circle.</summary>
    [Fact]
    public async Task Sweeps_over_everybody_and_verbs_for_each_never_wait_for_each_other_in_a_circle()
    {
        var people = Enumerable.Range(0, 12).Select(_ => _shared.NewPerson()).ToList();
        using var slow = _vault.OpenNode(TimeSpan.FromSeconds(-30));
        await Task.WhenAll(people.Select(person => _till.GrantAsync(person, 100_000)));
        for (var round = 0; round < _rounds; round++)
        {
            var mark = $"{people[0]}:{round}";
            await AtOnceAsync(people.Count * 6, i => _till.FreezeAsync(
                people[i % people.Count], 5, $"{mark}:{i}", lifetime: TimeSpan.FromSeconds(60 + (i * 7 % 60))));
            await Task.WhenAll(people.Select(person => _till.GrantAsync(person, 5, Category.Promo, TimeSpan.FromSeconds(70))));
            _vault.Clock.Advance(TimeSpan.FromSeconds(100));

            await AtOnceAsync(48, async i => (i % 6) switch
            {
                0 => await SweptAsync(""),
                1 => await SweptAsync("", slow.Till),
                2 => await LapsedAsync(_till),
                3 => await LapsedAsync(slow.Till),
                4 => await _till.SettleAsync($"{mark}:{i}", 3),
                _ => await _till.FreezeAsync(people[i % people.Count], 1, $"{mark}:n{i}"),
            });
        }
    }

    private async Task RoundsAsync(int rounds, Func<long, string, Task> round)
    {
        for (var i = 0; i < rounds; i++)
        {
            var person = _shared.NewPerson();
            await round(person, $"race:{person}");
        }
    }

    /// <summary>All stand at the line before the first one runs.</summary>
    private static async Task<Outcome[]> AtOnceAsync(int many, Func<int, Task<Outcome>> run)
    {
        var line = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runners = Enumerable.Range(0, many).Select(async i =>
        {
            await line.Task;
            return await Task.Run(() => run(i));
        }).ToList();
        line.SetResult();
        return await Task.WhenAll(runners);
    }

    /// <summary>A sweep's own answer is which jobs it released.</summary>
    private async Task<Outcome> SweptAsync(string job, Till? till = null) =>
        (await (till ?? _till).ReleaseOverdueAsync()).Contains(job) ? new Released(4, 0, 0) : new NoSuchHold();

    private static async Task<Outcome> LapsedAsync(Till till) => await till.ExpireAsync() < 0 ? new NoSuchGrant() : new NoSuchHold();
}

public sealed class SqliteRacesTests(SqliteVault vault) : Races(vault, rounds: 20), IClassFixture<SqliteVault>;

[Trait("needs", "postgres")]
public sealed class PostgresRacesTests(PostgresVault vault) : Races(vault, rounds: 8), IClassFixture<PostgresVault>;
