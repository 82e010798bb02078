using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>What went wrong in public ledgers of others, and cannot go wrong here.</summary>
public abstract class OthersBugs
{
    private readonly Vault _vault;
    private readonly Till _till;
    private readonly long _person;
    private readonly string _job, _pay;

    private protected OthersBugs(SharedVault shared)
    {
        _vault = shared.Vault;
        _till = _vault.Till;
        _person = shared.NewPerson();
        (_job, _pay) = ($"job:{_person}", $"payment:{_person}");
    }

    [Fact]
    public async Task A_webhook_heard_twenty_times_at_once_pays_once_so_13_never_becomes_33()
    {
        await _till.GrantAsync(_person, 3);
        var now = _till.Now;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            _till.GrantAsync(_person, 10, Category.Paid, source: _pay, from: now))));

        Assert.Equal(13, (await _till.SumsAsync(_person)).Available);
        Assert.Single(answers.Distinct());
        Assert.Equal(2, (await _till.GrantsAsync(_person)).Count);
    }

    [Fact]
    public async Task One_credit_never_buys_two_outputs()
    {
        await _till.GrantAsync(_person, 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => _till.FreezeAsync(_person, 1, $"{_job}:{i}"))));

        Assert.Single(answers.OfType<Frozen>());
        Assert.Single(answers.OfType<NotEnoughCredits>());
    }

    [Fact]
    public async Task A_refund_never_inflates_what_was_issued()
    {
        await _till.GrantAsync(_person, 10, source: _pay);
        await _till.FreezeAsync(_person, 6, _job);
        await _till.SettleAsync(_job, 6);

        for (var i = 0; i < 3; i++)
            await _till.RevokeAsync(_pay, 10);

        var grant = await _till.GrantOfAsync(_pay);
        Assert.Equal((10, 0, 6, 4, 6), (grant.Issued, grant.Available, grant.Spent, grant.Revoked, grant.Owed));
        Assert.Equal((0, 0, 6), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task A_hold_that_was_refused_cannot_be_committed()
    {
        await _till.GrantAsync(_person, 3);
        Assert.IsType<NotEnoughCredits>(await _till.FreezeAsync(_person, 4, _job));

        Assert.IsType<NoSuchHold>(await _till.SettleAsync(_job, 4));

        Assert.Equal((3, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task A_hold_voided_twice_comes_back_once()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 4, _job);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _till.ReleaseAsync(_job))));

        Assert.Single(answers.OfType<Released>());
        Assert.Equal(7, answers.OfType<AlreadyReleased>().Count());
        Assert.Equal((10, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task What_is_held_for_one_job_is_not_there_for_another()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 6, _job);
        await _till.FreezeAsync(_person, 3, _job + "b");

        Assert.Equal(new NotEnoughCredits(1, 2), await _till.FreezeAsync(_person, 2, _job + "c"));
    }

    [Fact]
    public async Task What_is_given_back_ends_when_it_would_have_ended()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1), source: _pay);
        var end = (await _till.GrantOfAsync(_pay)).ExpiresAt;
        await _till.FreezeAsync(_person, 4, _job);
        await _till.ReleaseAsync(_job);

        Assert.Equal(end, (await _till.GrantOfAsync(_pay)).ExpiresAt);
        _vault.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new NotEnoughCredits(0, 1), await _till.FreezeAsync(_person, 1, _job + "b"));
    }

    [Fact]
    public async Task A_negative_price_buys_nothing_and_gives_nothing()
    {
        await _till.GrantAsync(_person, 10);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.FreezeAsync(_person, -5, _job));
        await _till.FreezeAsync(_person, 5, _job);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.SettleAsync(_job, -5));

        Assert.Equal((5, 5, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task At_the_instant_of_the_reset_the_old_day_is_over_and_the_new_one_is_there()
    {
        var midnight = _till.Now + TimeSpan.FromHours(1);
        await _till.GrantAsync(_person, 5, Category.Daily, TimeSpan.FromHours(1), _pay + "old");
        await _till.GrantAsync(_person, 5, Category.Daily, TimeSpan.FromHours(24), _pay + "new", from: midnight);
        _vault.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new NotEnoughCredits(5, 6), await _till.FreezeAsync(_person, 6, _job));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 5, _job + "b"));
        await _till.ExpireAsync();

        Assert.Equal(5, (await _till.GrantOfAsync(_pay + "old")).Expired);
        Assert.Equal(5, (await _till.GrantOfAsync(_pay + "new")).Held);
    }
}

public sealed class SqliteOthersBugsTests(SqliteVault vault) : OthersBugs(vault), IClassFixture<SqliteVault>;

[Trait("needs", "postgres")]
public sealed class PostgresOthersBugsTests(PostgresVault vault) : OthersBugs(vault), IClassFixture<PostgresVault>;
