using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>Small things that went wrong here once, or nearly.</summary>
public abstract class Corners
{
    private readonly Vault _vault;
    private readonly Till _till;
    private readonly long _person;
    private readonly string _job, _pay;

    private protected Corners(SharedVault shared)
    {
        _vault = shared.Vault;
        _till = _vault.Till;
        _person = shared.NewPerson();
        (_job, _pay) = ($"job:{_person}", $"payment:{_person}");
    }

    [Fact]
    public async Task A_reference_whose_sweep_could_not_name_its_command_is_refused_at_the_door()
    {
        await _till.GrantAsync(_person, 10);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => _till.FreezeAsync(_person, 1, new string('x', Hold.ReferenceMax + 1)));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 1, _job.PadRight(Hold.ReferenceMax, 'x')));
        _vault.Clock.Advance(Hold.LifetimeDefault + TimeSpan.FromSeconds(1));

        Assert.Contains(_job.PadRight(Hold.ReferenceMax, 'x'), await _till.ReleaseOverdueAsync());
    }

    [Fact]
    public async Task A_gift_whose_source_has_given_already_says_so()
    {
        await _till.GrantAsync(_person, 10, Category.Promo, source: $"gift:{_job}");

        Assert.IsType<KeyReused>(await _till.AdjustAsync(_person, 5, key: _job));
        Assert.Equal((10, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task A_grant_whose_source_was_a_gift_says_so()
    {
        await _till.AdjustAsync(_person, 5, key: _job);

        Assert.IsType<KeyReused>(await _till.GrantAsync(_person, 10, Category.Promo, source: $"gift:{_job}"));
        Assert.Equal((5, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task A_use_of_an_allowance_is_never_owed_in_credits()
    {
        await _till.GrantAsync(_person, 3, Category.Daily, source: _pay, scope: Scopes.Image);
        await _till.FreezeAsync(_person, 1, _job, scope: Scopes.Image);
        await _till.SettleAsync(_job, 1);
        await _till.FreezeAsync(_person, 1, _job + "b", scope: Scopes.Image);

        Assert.Equal(new Revoked(1, 0, 1, 1), await _till.RevokeAsync(_pay, 3));
        await _till.SettleAsync(_job + "b", 1);

        Assert.Equal((0, 0, 0), await _till.SumsAsync(_person));
    }

    [Fact]
    public async Task A_command_that_moves_nothing_leaves_an_accounts_time_where_it_was()
    {
        var last = _till.Now + TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1);
        await _till.GrantAsync(_person, 10, life: TimeSpan.FromHours(1));
        await _till.GrantAsync(_person, 10, source: _pay);
        await _till.RevokeAsync(_pay, 10);
        _vault.Clock.Set(last);

        Assert.Equal(new Revoked(0, 0, 0, 0), await _till.RevokeAsync(_pay, 10));
        Assert.IsType<Frozen>(await _till.FreezeAsync(_person, 10, _job));
    }

    [Fact]
    public async Task A_hold_over_an_ended_and_a_living_grant_is_settled_in_part_to_the_right_ones()
    {
        await _till.GrantAsync(_person, 4, Category.Daily, TimeSpan.FromMinutes(1), _pay + "a");
        await _till.GrantAsync(_person, 4, Category.Plan, TimeSpan.FromHours(3), _pay + "b");
        await _till.FreezeAsync(_person, 8, _job);
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new Settled(3, 5, 0), await _till.SettleAsync(_job, 3));

        var grants = await _till.GrantsAsync(_person);
        Assert.Equal([(0, 3, 1), (4, 0, 0), (1, 0, 0)], grants.Select(g => (g.Available, g.Spent, g.Expired)));
        Assert.Equal(Category.Compensation, grants[2].Category);
    }

    [Theory]
    [InlineData("UPDATE credit_entries SET amount = amount + 1")]
    [InlineData("DELETE FROM credit_entries")]
    [InlineData("UPDATE credit_commands SET outcome = ''")]
    [InlineData("DELETE FROM credit_commands")]
    public async Task History_cannot_be_changed(string sql)
    {
        await _till.GrantAsync(_person, 10);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => _vault.Database.WriteAsync(write => write.ExecuteAsync(sql)));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("available = available - 1")]
    [InlineData("available = -1, spent = spent + 11")]
    [InlineData("held = -1, available = available + 1")]
    [InlineData("recalled = 1")]
    [InlineData("owed = 1")]
    [InlineData("issued = 0, available = 0")]
    public async Task The_database_itself_refuses_counters_that_cannot_be(string change)
    {
        await _till.GrantAsync(_person, 10, source: _pay);

        await Assert.ThrowsAnyAsync<Exception>(() => _vault.Database.WriteAsync(write =>
            write.ExecuteAsync($"UPDATE credit_grants SET {change} WHERE source = @source", ("@source", _pay))));
    }
}

public sealed class SqliteCornersTests(SqliteVault vault) : Corners(vault), IClassFixture<SqliteVault>
{
    private readonly SqliteVault _vault = vault;

    [Fact]
    public async Task History_cannot_be_replaced()
    {
        await _vault.Vault.Till.GrantAsync(_vault.NewPerson(), 10);

        await Assert.ThrowsAnyAsync<Exception>(() => _vault.Vault.Database.WriteAsync(write => write.ExecuteAsync(
            "INSERT OR REPLACE INTO credit_entries SELECT * FROM credit_entries LIMIT 1")));
        await Assert.ThrowsAnyAsync<Exception>(() => _vault.Vault.Database.WriteAsync(write => write.ExecuteAsync(
            "INSERT OR REPLACE INTO credit_commands SELECT key, fingerprint, '', at FROM credit_commands LIMIT 1")));
    }
}

[Trait("needs", "postgres")]
public sealed class PostgresCornersTests(PostgresVault vault) : Corners(vault), IClassFixture<PostgresVault>
{
    private readonly PostgresVault _vault = vault;

    [Fact]
    public async Task History_cannot_be_emptied()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => _vault.Vault.Database.WriteAsync(write => write.ExecuteAsync("TRUNCATE credit_entries")));
        await Assert.ThrowsAnyAsync<Exception>(() => _vault.Vault.Database.WriteAsync(write => write.ExecuteAsync("TRUNCATE credit_commands")));
    }
}
