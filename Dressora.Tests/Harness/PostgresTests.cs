using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Harness;

[Trait("needs", "postgres")]
public sealed class PostgresTests
{
    [Fact]
    public async Task A_site_on_PostgreSQL_has_a_database_of_its_own()
    {
        await using var one = await Site.StartAsync(Engine.Postgres);
        await using var other = await Site.StartAsync(Engine.Postgres);
        await one.WriteAsync(write => write.Audit(1, "look", "person 1"));

        Assert.Equal(1, await one.ReadAsync(db => db.AuditEntries.CountAsync()));
        Assert.Equal(0, await other.ReadAsync(db => db.AuditEntries.CountAsync()));
    }
}
