using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>Small promises: what is refused before anything is read, whose key is whose, and what an entry says.</summary>
public abstract class Details
{
    private readonly Vault _vault;
    private readonly Till _till;
    private readonly long _person;
    private readonly string _job, _pay;

    private protected Details(SharedVault shared)
    {
        _vault = shared.Vault;
        _till = _vault.Till;
        _person = shared.NewPerson();
        (_job, _pay) = ($"job:{_person}", $"payment:{_person}");
    }

    [Fact]
    public async Task What_has_no_name_or_too_long_a_key_is_refused_at_the_door()
    {
        await _till.GrantAsync(_person, 10);
        Func<Task>[] asks =
        [
            () => _till.GrantAsync(_person, 1, source: ""), () => _till.FreezeAsync(_person, 1, ""), () => _till.FreezeAsync(_person, 1, _job, key: ""),
            () => _till.FreezeAsync(_person, 1, _job, key: new string('k', Command.KeyMax + 1)),
        ];

        foreach (var ask in asks)
            await Assert.ThrowsAnyAsync<ArgumentException>(ask);

        Assert.Equal((10, 0, 0), await _till.SumsAsync(_person));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 1, _job, key: _job.PadRight(Command.KeyMax, 'k')));
    }

    [Fact]
    public async Task A_source_may_be_called_as_another_commands_key_is()
    {
        await _till.GrantAsync(_person, 10);
        await _till.FreezeAsync(_person, 1, _job, key: _pay);
        await _till.FreezeAsync(_person, 1, _job + "b", key: _pay + "b");

        Assert.IsType<Granted>(await _till.GrantAsync(_person, 10, source: _pay));
        Assert.IsType<Granted>(await _till.RenewAsync(_person, 10, resets: false, TimeSpan.FromDays(1), _pay + "b"));
    }

    [Fact]
    public async Task What_a_gift_gave_already_is_known_to_a_grant_and_a_renewal_of_the_same_source()
    {
        await _till.AdjustAsync(_person, 5, key: _job);
        var gift = await _till.GrantOfAsync($"gift:{_job}");
        var same = new GrantOrder(_person, Category.Promo, 5, gift.EffectiveAt, gift.ExpiresAt, gift.Source, "because");

        Assert.IsType<KeyReused>(await _till.RenewAsync(_person, 5, resets: true, TimeSpan.FromDays(1), gift.Source));
        Assert.Equal(new AlreadyGranted(gift.Id), await _vault.Database.WriteAsync(write => _till.Ledger.RenewAsync(write, same, resets: true)));
        Assert.IsType<KeyReused>(await _vault.Database.WriteAsync(write => _till.Ledger.GrantAsync(write, same)));
        Assert.Equal((5, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task What_a_release_made_good_cannot_be_granted_again()
    {
        await _till.GrantAsync(_person, 5, life: TimeSpan.FromMinutes(1));
        await _till.FreezeAsync(_person, 5, _job);
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await _till.ReleaseAsync(_job);
        var again = (await _till.GrantsAsync(_person))[^1];
        var same = new GrantOrder(_person, again.Category, 5, again.EffectiveAt, again.ExpiresAt, again.Source, "made good");

        Assert.Equal(new AlreadyGranted(again.Id), await _vault.Database.WriteAsync(write => _till.Ledger.GrantAsync(write, same)));
        Assert.Equal("made good", (await _till.EntriesAsync(_person))[^1].Reason);
    }

    [Fact]
    public async Task Each_entry_says_why()
    {
        await _till.RenewAsync(_person, 10, resets: true, TimeSpan.FromDays(1), _pay);
        await _till.RenewAsync(_person, 10, resets: true, TimeSpan.FromDays(1), _pay + "b");
        await _till.FreezeAsync(_person, 5, _job, lifetime: TimeSpan.FromMinutes(1));
        _vault.Clock.Advance(TimeSpan.FromMinutes(2));
        await _till.ReleaseOverdueAsync();

        var entries = await _till.EntriesAsync(_person);

        Assert.Equal(["test", "plan renewed", "test", "", "deadline"], entries.Select(entry => entry.Reason));
        Assert.All(entries, entry => Assert.Equal(Command.System, entry.Actor));
    }

    [Fact]
    public async Task What_time_or_a_settling_did_needs_no_reason()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromMinutes(1));
        await _till.GrantAsync(_person, 3, life: TimeSpan.FromMinutes(2));
        await _till.FreezeAsync(_person, 5, _job);
        await _till.SettleAsync(_job, 5);
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await _till.ExpireAsync();
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await _till.ForfeitAsync(_person);

        Assert.Equal(["test", "test", "", "", "", ""], (await _till.EntriesAsync(_person)).Select(entry => entry.Reason));
    }

    [Fact]
    public async Task Credits_go_back_newest_slice_first()
    {
        await _till.GrantAsync(_person, 3, life: TimeSpan.FromDays(1), source: _pay);
        await _till.GrantAsync(_person, 3, source: _pay + "b");
        var (first, second) = (await _till.GrantOfAsync(_pay), await _till.GrantOfAsync(_pay + "b"));

        await _till.FreezeAsync(_person, 6, _job);
        await _till.SettleAsync(_job, 0);
        await _till.FreezeAsync(_person, 6, _job + "b");
        await _till.ReleaseAsync(_job + "b");

        var back = (await _till.EntriesAsync(_person)).Where(entry => entry.Kind == EntryKind.Released);
        Assert.Equal([second.Id, first.Id, second.Id, first.Id], back.Select(entry => entry.GrantId!.Value));
    }

    [Fact]
    public async Task A_correction_may_take_all_there_is()
    {
        await _till.GrantAsync(_person, 10);

        Assert.Equal(new NotEnoughCredits(10, 11), await _till.AdjustAsync(_person, -11));
        Assert.Equal(new Adjusted(-10), await _till.AdjustAsync(_person, -10));
    }

    [Fact]
    public async Task A_second_refund_waits_for_no_more_than_is_held()
    {
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromMinutes(1), source: _pay);
        await _till.FreezeAsync(_person, 4, _job);
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await _till.ExpireAsync();

        Assert.Equal(new Revoked(0, 0, 3, 0), await _till.RevokeAsync(_pay, 3));
        Assert.Equal(new Revoked(0, 0, 1, 6), await _till.RevokeAsync(_pay, 10));
    }

    [Fact]
    public async Task Long_words_in_any_script_are_kept_and_hashed_whole()
    {
        var reason = string.Concat(Enumerable.Repeat("कारण ", 500));

        await _till.AdjustAsync(_person, 5, reason);

        Assert.Equal(reason, (await _till.EntriesAsync(_person)).Single().Reason);
    }

    [Fact]
    public void An_entry_has_the_same_hash_in_every_version()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_922_684_767).AddMicroseconds(1);
        var entry = new Entry(7, 1, 2, 3, EntryKind.Frozen, Bucket.Available, Bucket.Held, 4, 5, 6, 0, "system", "whyé", "job", at);

        Assert.Equal("FDC7487DB0BCB6CD016E4DED0174F70AE1736F3E40430CEB50848AC36307A88F", Convert.ToHexString(Entry.Genesis(7)));
        Assert.Equal("9A19B5F90F83E05C20CB1DAEA844218912A1D8651034AECC896F91F4D52A0E2C", Convert.ToHexString(entry.HashAfter(Entry.Genesis(7))));
    }
}

public sealed class SqliteDetailsTests(SqliteVault vault) : Details(vault), IClassFixture<SqliteVault>;

[Trait("needs", "postgres")]
public sealed class PostgresDetailsTests(PostgresVault vault) : Details(vault), IClassFixture<PostgresVault>;
