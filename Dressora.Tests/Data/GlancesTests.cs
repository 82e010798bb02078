using System.Data.Common;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Data;

/// <summary>Small reads on connections that stay open.</summary>
public sealed class GlancesTests : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        await _site.PersonAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    private Glances Glances => _site.Services.GetRequiredService<Glances>();

    [Fact]
    public async Task A_kept_statement_sees_what_was_written_since_and_other_values()
    {
        Assert.Equal(1, await PeopleAsync("asha@example.org"));
        Assert.Equal(0, await PeopleAsync("ravi@example.org"));
        await _site.PersonAsync("ravi@example.org");
        Assert.Equal(1, await PeopleAsync("ravi@example.org"));
    }

    [Fact]
    public async Task Many_at_once_get_their_own_answers()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Glances.NumberAsync("SELECT @n", default, ("@n", i))));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), numbers);
    }

    [Fact]
    public async Task A_statement_that_fails_spoils_nothing_for_the_next()
    {
        await Assert.ThrowsAnyAsync<DbException>(() => Glances.NumberAsync("SELECT nothing FROM nowhere", default));
        await Assert.ThrowsAsync<InvalidCastException>(
            () => Glances.RowsAsync<int>("SELECT email FROM users", _ => throw new InvalidCastException(), default));

        Assert.Equal(1, await PeopleAsync("asha@example.org"));
    }

    [Fact]
    public async Task They_cannot_write() => await Assert.ThrowsAnyAsync<DbException>(
        () => Glances.NumberAsync("DELETE FROM users", default));

    private Task<long> PeopleAsync(string email) => Glances.NumberAsync(
        "SELECT count(*) FROM users WHERE email = @email", default, ("@email", email));
}
