using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

/// <summary>Makes contexts: for reading, on a write's transaction, or for Identity's store.</summary>
public sealed class DressoraDbFactory(Func<DbContextOptionsBuilder<DressoraDb>, DbContextOptionsBuilder> connect)
{
    /// <summary>The one way to tell Identity's base context that the schema has passkeys: it asks these services.</summary>
    private static readonly IServiceProvider WithPasskeys = new ServiceCollection()
        .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    private readonly DbContextOptions<DressoraDb> _reading = Options(connect, QueryTrackingBehavior.NoTracking);
    private readonly DbContextOptions<DressoraDb> _tracking = Options(connect, QueryTrackingBehavior.TrackAll);

    internal DressoraDb Reader() => new(_reading, DressoraDb.Saving.Refused);

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
