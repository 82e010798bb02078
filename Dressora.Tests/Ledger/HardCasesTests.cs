using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>The 22 hard cases behind the ledger's twelve rules, told as what happens to one person's credits.</summary>
public abstract class HardCases
{
    private readonly Vault _vault;
    private readonly Till _till;
    private readonly long _person;
    private readonly string _job, _pay;

    private protected HardCases(SharedVault shared)
    {
        _vault = shared.Vault;
        _till = _vault.Till;
        _person = shared.NewPerson();
        (_job, _pay) = ($"job:{_person}", $"payment:{_person}");
    }

    // Rule 1: a hold pins the grants it takes from.
    [Fact]
    public async Task Case_1_a_hold_is_honoured_though_its_grant_ends_and_the_sweep_comes()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1), source: _pay);
        await _till.FreezeAsync(_person, 4, _job);

        _vault.Clock.Advance(TimeSpan.FromHours(1));
        await _till.ExpireAsync();

        Assert.Equal((0, 4, 0), await _till.SumsAsync(_person));
        Assert.Equal(new Settled(4, 0, 0), await _till.SettleAsync(_job, 4));
        Assert.Equal((4, 6), (await _till.GrantOfAsync(_pay)) is var grant ? (grant.Spent, grant.Expired) : default);
    }

    [Fact]
    public async Task Case_2_a_hold_nobody_closes_ends_at_its_deadline_and_not_a_microsecond_earlier()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 4, _job);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.FreezeAsync(_person, 1, _job + "b", lifetime: TimeSpan.FromHours(24).Add(TimeSpan.FromMicroseconds(1))));

        var deadline = (await _till.HoldOfAsync(_job)).Deadline;
        _vault.Clock.Set(deadline - TimeSpan.FromMicroseconds(1));
        Assert.DoesNotContain(_job, await _till.ReleaseOverdueAsync());
        _vault.Clock.Set(deadline);
        Assert.Contains(_job, await _till.ReleaseOverdueAsync());

        Assert.Equal((10, 0, 0), await _till.SumsAsync(_person));
        Assert.IsType<AlreadyReleased>(await _till.SettleAsync(_job, 4));
    }

    [Fact]
    public async Task Case_3_a_failure_makes_good_for_three_days_what_ended_while_it_was_held()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1));
        await _till.FreezeAsync(_person, 4, _job);
        _vault.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Released(0, 4, 0), await _till.ReleaseAsync(_job, ReleaseCause.Failed));

        var again = (await _till.GrantsAsync(_person))[^1];
        Assert.Equal((Category.Compensation, 4L, 4L), (again.Category, again.Issued, again.Available));
        Assert.Equal(TimeSpan.FromHours(72), again.ExpiresAt - again.EffectiveAt);
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 4, _job + "b"));
    }

    [Fact]
    public async Task Case_4_whoever_cancels_loses_what_ended_while_it_was_held()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1));
        await _till.FreezeAsync(_person, 4, _job);
        _vault.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Released(0, 0, 4), await _till.ReleaseAsync(_job, ReleaseCause.Cancelled));

        Assert.IsType<NotEnoughCredits>(await _till.FreezeAsync(_person, 1, _job + "b"));
    }

    [Fact]
    public async Task Case_5_each_part_goes_back_to_its_own_grant_the_last_taken_first()
    {
        await _till.GrantAsync(_person, 5, Category.Daily, TimeSpan.FromHours(1), _pay + "daily");
        await _till.GrantAsync(_person, 5, Category.Paid, source: _pay);
        await _till.FreezeAsync(_person, 8, _job);

        Assert.Equal(new Settled(6, 2, 0), await _till.SettleAsync(_job, 6));

        Assert.Equal((0, 5), await PartsAsync(_pay + "daily"));
        Assert.Equal((4, 1), await PartsAsync(_pay));
    }

    [Fact]
    public async Task Case_6_a_free_image_that_fails_after_midnight_is_given_again_as_an_image()
    {
        await _till.GrantAsync(_person, 2, Category.Daily, TimeSpan.FromHours(1), scope: Scopes.Image);
        await _till.FreezeAsync(_person, 1, _job, scope: Scopes.Image);
        _vault.Clock.Advance(TimeSpan.FromHours(1));

        await _till.ReleaseAsync(_job);

        Assert.Equal((0, 0, 0), await _till.SumsAsync(_person));
        Assert.IsType<NotEnoughCredits>(await _till.FreezeAsync(_person, 1, _job + "b"));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 1, _job + "c", scope: Scopes.Image));
    }

    // Rule 3: charged is only what is also recorded.
    [Fact]
    public async Task Case_7_a_result_that_could_not_be_stored_was_never_charged()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 4, _job);

        await Assert.ThrowsAsync<FormatException>(() => _vault.Database.WriteAsync<bool>(async write =>
        {
            Assert.IsType<Settled>(await _till.Ledger.SettleAsync(write, new Command(_job), _job, 4));
            throw new FormatException("the result could not be stored");
        }));

        Assert.Equal((6, 4, 0), await _till.SumsAsync(_person));
        Assert.Equal(new Settled(4, 0, 0), await _till.SettleAsync(_job, 4, key: _job));
    }

    // Rule 4: terminal is terminal.
    [Fact]
    public async Task Case_8_a_success_that_comes_after_the_release_is_never_charged()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 4, _job);
        await _till.ReleaseAsync(_job);

        Assert.IsType<AlreadyReleased>(await _till.SettleAsync(_job, 4));

        Assert.Equal((10, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task Case_9_whatever_comes_after_the_settle_changes_nothing()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 4, _job);
        await _till.SettleAsync(_job, 3);

        Assert.Equal(new AlreadySettled(3), await _till.SettleAsync(_job, 4));
        Assert.Equal(new AlreadySettled(3), await _till.ReleaseAsync(_job));
        Assert.Equal(new AlreadySettled(3), await _till.ReleaseAsync(_job, ReleaseCause.Cancelled));
        Assert.IsType<AlreadyHeld>(await _till.FreezeAsync(_person, 1, _job));

        Assert.Equal((7, 0, 0), await _till.SumsAsync(_person));
    }

    // Rule 5: in part is one movement, and never more than was held.
    [Fact]
    public async Task Case_10_two_of_three_images_are_charged_and_the_third_comes_back_at_once()
    {
        await _till.GrantAsync(_person, 10, source: _pay);
        await _till.FreezeAsync(_person, 9, _job);

        Assert.Equal(new Settled(6, 3, 0), await _till.SettleAsync(_job, 6));

        Assert.Equal((4, 0, 0), await _till.SumsAsync(_person));
        Assert.Equal(HoldState.Settled, (await _till.HoldOfAsync(_job)).State);
    }

    [Fact]
    public async Task Case_11_what_a_maker_charges_beyond_the_hold_is_the_houses_loss()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 4, _job);

        Assert.Equal(new Settled(4, 0, 3), await _till.SettleAsync(_job, 7));

        Assert.Equal((6, 0, 0), await _till.SumsAsync(_person));
        Assert.Equal((Bucket.Overrun, 3L), (await _till.EntriesAsync(_person))[^1] is var last ? (last.To, last.Amount) : default);
    }

    // Rule 6: a refusal is an answer, a crash is not.
    [Fact]
    public async Task Case_12_a_refusal_stands_under_its_key_though_credits_came_since()
    {
        var refused = await _till.FreezeAsync(_person, 4, _job, key: _job);
        await _till.GrantAsync(_person, 10);

        Assert.Equal(new NotEnoughCredits(0, 4), refused);
        Assert.Equal(refused, await _till.FreezeAsync(_person, 4, _job, key: _job));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 4, _job, key: _job + "again"));
    }

    [Fact]
    public async Task Case_13_a_crash_leaves_nothing_so_the_same_key_runs()
    {
        await _till.GrantAsync(_person, 10);
        await Assert.ThrowsAsync<FormatException>(() => _vault.Database.WriteAsync<bool>(async write =>
        {
            await _till.Ledger.FreezeAsync(write, new Command(_job), _person, 4, _job);
            throw new FormatException("the machine stopped");
        }));

        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 4, _job, key: _job));
        Assert.Equal((6, 4, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task Case_14_a_key_with_other_content_moves_nothing_whoever_uses_it()
    {
        var other = _person + 1_000_000;
        await _till.GrantAsync(_person, 10);
        await _till.GrantAsync(other, 10);
        var first = await _till.FreezeAsync(_person, 4, _job, key: _job);

        Assert.IsType<KeyReused>(await _till.FreezeAsync(_person, 5, _job, key: _job));
        Assert.IsType<KeyReused>(await _till.FreezeAsync(other, 4, _job + "b", key: _job));
        Assert.IsType<KeyReused>(await _till.SettleAsync(_job, 4, key: _job));
        Assert.Equal(first, await _till.FreezeAsync(_person, 4, _job, key: _job));

        Assert.Equal((6, 4, 0), await _till.SumsAsync(_person));
        Assert.Equal((10, 0, 0), await _till.SumsAsync(other));
    }

    // Rule 7: a renewal is one movement, in either mode.
    [Fact]
    public async Task Case_15_a_renewal_that_tops_up_lets_the_older_credits_burn_first()
    {
        await _till.RenewAsync(_person, 10, resets: false, TimeSpan.FromDays(2), _pay + "1");
        await _till.RenewAsync(_person, 10, resets: false, TimeSpan.FromDays(31), _pay + "2");

        await _till.FreezeAsync(_person, 12, _job);

        Assert.Equal((8, 12, 0), await _till.SumsAsync(_person));
        Assert.Equal((0, 10), await HeldAsync(_pay + "1"));
        Assert.Equal((8, 2), await HeldAsync(_pay + "2"));
    }

    [Fact]
    public async Task Case_16_a_renewal_that_resets_ends_what_is_left_and_honours_what_is_held()
    {
        await _till.RenewAsync(_person, 10, resets: true, TimeSpan.FromDays(31), _pay + "1");
        await _till.GrantAsync(_person, 5, Category.Paid);
        await _till.FreezeAsync(_person, 4, _job);

        await _till.RenewAsync(_person, 20, resets: true, TimeSpan.FromDays(31), _pay + "2");
        await _till.RenewAsync(_person, 20, resets: true, TimeSpan.FromDays(31), _pay + "2");

        Assert.Equal((25, 4, 0), await _till.SumsAsync(_person));
        Assert.Equal(6, (await _till.GrantOfAsync(_pay + "1")).Expired);
        Assert.Equal(new Settled(4, 0, 0), await _till.SettleAsync(_job, 4));
    }

    // Rule 8: what was spent and is refunded is owed, openly.
    [Fact]
    public async Task Case_17_a_refund_of_spent_credits_is_debt_until_a_payment_nets_it()
    {
        await _till.GrantAsync(_person, 10, source: _pay);
        await _till.FreezeAsync(_person, 6, _job);
        await _till.SettleAsync(_job, 6);

        Assert.Equal(new Revoked(4, 6, 0, 0), await _till.RevokeAsync(_pay, 10));
        Assert.Equal((0, 0, 6), await _till.SumsAsync(_person));
        await _till.AdjustAsync(_person, 100);
        Assert.Equal(new InDebt(6), await _till.FreezeAsync(_person, 1, _job + "b"));
        var netted = Assert.IsType<Granted>(await _till.GrantAsync(_person, 10, Category.Paid));

        Assert.Equal(6, netted.Netted);
        Assert.Equal((104, 0, 0), await _till.SumsAsync(_person));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 1, _job + "c"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case_18_a_refund_during_a_job_waits_for_the_job(bool succeeds)
    {
        await _till.GrantAsync(_person, 10, source: _pay);
        await _till.FreezeAsync(_person, 6, _job);

        Assert.Equal(new Revoked(4, 0, 6, 0), await _till.RevokeAsync(_pay, 10));
        Assert.Equal((0, 6, 0), await _till.SumsAsync(_person));
        if (succeeds)
            await _till.SettleAsync(_job, 6);
        else
            await _till.ReleaseAsync(_job);

        Assert.Equal((0, 0, succeeds ? 6 : 0), await _till.SumsAsync(_person));
        Assert.Equal(succeeds ? 4 : 10, (await _till.GrantOfAsync(_pay)).Revoked);
    }

    // Rule 9: one now per command, and it never runs backwards.
    [Fact]
    public async Task Case_19_a_clock_set_back_gives_nobody_a_grant_again_that_had_ended()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1), source: _pay);
        await _till.GrantAsync(_person, 1, life: TimeSpan.FromDays(1));
        var wall = _vault.Clock.GetUtcNow();
        _vault.Clock.Set(wall + TimeSpan.FromHours(1));
        await _till.FreezeAsync(_person, 1, _job);

        _vault.Clock.Set(wall);
        Assert.Equal(new NotEnoughCredits(0, 5), await _till.FreezeAsync(_person, 5, _job + "b"));
        await _till.SettleAsync(_job, 1);

        var times = (await _till.EntriesAsync(_person)).Select(entry => entry.At).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(wall + TimeSpan.FromHours(1) + TimeSpan.FromMicroseconds(1), times[^1]);
    }

    // Rule 10: never early, and late changes no answer.
    [Fact]
    public async Task Case_20_a_grant_is_there_from_its_first_instant_to_just_before_its_last()
    {
        var (begin, end) = (_till.Now + TimeSpan.FromHours(1), _till.Now + TimeSpan.FromHours(2));
        await _till.GrantAsync(_person, 10, life: end - begin, source: _pay, from: begin);

        Assert.Equal(new NotEnoughCredits(0, 1), await FreezeAtAsync(begin.AddMicroseconds(-1), "1"));
        Assert.IsType<Frozen>(await FreezeAtAsync(begin, "2"));
        Assert.IsType<Frozen>(await FreezeAtAsync(end.AddMicroseconds(-1), "3"));
        await _till.ExpireAsync();
        Assert.Equal(0, (await _till.GrantOfAsync(_pay)).Expired);
        Assert.Equal(new NotEnoughCredits(0, 1), await FreezeAtAsync(end, "4"));
        await _till.ExpireAsync();
        Assert.Equal(8, (await _till.GrantOfAsync(_pay)).Expired);
    }

    [Fact]
    public async Task Case_21_a_sweep_that_slept_for_a_week_changes_no_answer()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1), source: _pay);
        await _till.GrantAsync(_person, 3, life: TimeSpan.FromDays(30));
        _vault.Clock.Advance(TimeSpan.FromDays(7));

        var before = await _till.FreezeAsync(_person, 4, _job);
        await _till.ExpireAsync();
        await _till.ExpireAsync();
        var after = await _till.FreezeAsync(_person, 4, _job + "b");

        Assert.Equal(new NotEnoughCredits(3, 4), before);
        Assert.Equal(before, after);
        Assert.Equal(10, (await _till.GrantOfAsync(_pay)).Expired);
    }

    // Rules 11 and 12: whoever leaves gives up what is left; no number is out of bounds.
    [Fact]
    public async Task Case_22_whoever_leaves_forfeits_by_entries_and_no_amount_is_out_of_bounds()
    {
        await _till.GrantAsync(_person, 10);
        await _till.GrantAsync(_person, 2, Category.Daily, scope: Scopes.Image);
        foreach (var amount in new[] { 0, -1, Grant.AmountMax + 1, long.MinValue, long.MaxValue })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.GrantAsync(_person, amount));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.FreezeAsync(_person, amount, _job));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.RevokeAsync(_pay, amount));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.AdjustAsync(_person, amount == -1 ? 0 : amount));
            if (amount != 0)
                await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.SettleAsync(_job, amount));
        }

        Assert.Equal(new Forfeited(10), await _till.ForfeitAsync(_person));

        Assert.Equal((0, 0, 0), await _till.SumsAsync(_person));
        Assert.Equal(2, (await _till.EntriesAsync(_person)).Count(entry => entry.Kind == EntryKind.Forfeited));
    }

    private async Task<(long Available, long Spent)> PartsAsync(string source) =>
        (await _till.GrantOfAsync(source)) is var grant ? (grant.Available, grant.Spent) : default;

    private async Task<(long Available, long Held)> HeldAsync(string source) =>
        (await _till.GrantOfAsync(source)) is var grant ? (grant.Available, grant.Held) : default;

    private Task<Outcome> FreezeAtAsync(DateTimeOffset instant, string job)
    {
        _vault.Clock.Set(instant);
        return _till.FreezeAsync(_person, 1, _job + job);
    }
}

public sealed class SqliteHardCasesTests(SqliteVault vault) : HardCases(vault), IClassFixture<SqliteVault>;

[Trait("needs", "postgres")]
public sealed class PostgresHardCasesTests(PostgresVault vault) : HardCases(vault), IClassFixture<PostgresVault>;
