using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Xunit;

namespace Dressora.Tests.Data;

[Trait("needs", "postgres")]
public sealed class PostgresMigrationTests() : Migrations(Engine.Postgres)
{
    [Fact]
    public async Task Nodes_that_start_together_take_turns()
    {
        await using var store = await OpenEmptyAsync();

        var ran = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => store.Migrator.MigrateAsync())));

        Assert.Equal([0, 0, 0, 0, 0, Migration.Of("Postgres").Count], ran.Order());
    }

    [Fact]
    public async Task A_node_that_fails_lets_the_next_one_in()
    {
        await using var store = await OpenEmptyAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => MigrateAsync(store, First, Broken));

        Assert.Equal(1, await MigrateAsync(store, First, Second).WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
