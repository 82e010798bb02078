using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

/// <summary>Makes contexts: for reading, on a write's transaction, or for Identity's store.</summary>
public sealed class DressoraDbFactory(
    Func<DbContextOptionsBuilder<DressoraDb>, DbContextOptionsBuilder> connect, Func<DbConnection>? read = null)
{
    /// <summary>The one way to tell Identity's base context that the schema has passkeys: it asks these services.</summary>
    private static readonly IServiceProvider WithPasskeys = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    private readonly DbContextOptions<DressoraDb> _reading = Options(connect, QueryTrackingBehavior.NoTracking);
    private readonly DbContextOptions<DressoraDb> _tracking = Options(connect, QueryTrackingBehavior.TrackAll);

    /// <summary>
    /// On a plain connection where one is given: EF's own for SQLite teaches each connection twenty-odd functions at every
    /// opening, for queries that this house does not write, and that is half of what a small read costs.
    /// </summary>
    internal DressoraDb Reader()
    {
        var db = new DressoraDb(_reading, DressoraDb.Saving.Refused);
        if (read is not null)
            db.Database.SetDbConnection(read(), contextOwnsConnection: true);
        return db;
    }

    internal DressoraDb Borrowing(Database database) => new(_tracking, DressoraDb.Saving.Borrowed, database);

    internal DressoraDb On(DbConnection connection, DbTransaction transaction)
    {
        var db = new DressoraDb(_tracking, DressoraDb.Saving.Direct);
        db.Database.SetDbConnection(connection);
        db.Database.UseTransaction(transaction);
        return db;
    }

    private static DbContextOptions<DressoraDb> Options(
        Func<DbContextOptionsBuilder<DressoraDb>, DbContextOptionsBuilder> connect, QueryTrackingBehavior tracking)
    {
        var builder = new DbContextOptionsBuilder<DressoraDb>();
        connect(builder);
        builder.UseQueryTrackingBehavior(tracking).UseApplicationServiceProvider(WithPasskeys);
        return builder.Options;
    }
}
