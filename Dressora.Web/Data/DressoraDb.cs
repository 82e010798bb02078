using System.Data.Common;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

/// <summary>The tables. Each floor adds its own in its <c>…Tables.cs</c>; the names are snake_case in the database.</summary>
public sealed partial class DressoraDb : IdentityUserContext<AppUser, long>
{
    private readonly Saving _saving;
    private readonly Database? _lender;

    internal DressoraDb(DbContextOptions<DressoraDb> options, Saving saving, Database? lender = null) : base(options)
    {
        _saving = saving;
        _lender = lender;
        Database.AutoSavepointsEnabled = false;
    }

    internal enum Saving
    {
        Refused,
        Direct,
        Borrowed,
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Saving is asynchronous here, and only inside Database.WriteAsync.");

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => _saving switch
        {
            Saving.Direct => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken),
            Saving.Borrowed => _lender!.WriteAsync(write => SaveOnAsync(write, acceptAllChangesOnSuccess), cancellationToken),
            _ => throw new InvalidOperationException("This context only reads: write inside Database.WriteAsync."),
        };

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        BuildIdentity(builder);
        BuildNotices(builder);
        BuildData(builder);
        BuildOperations(builder);
        BuildLedger(builder);
        BuildMedia(builder);
        BuildGeneration(builder);
        BuildModeration(builder);
        BuildPayments(builder);
        SnakeCase.Name(builder);
    }

    private async Task<int> SaveOnAsync(Write write, bool accept)
    {
        var own = Database.GetDbConnection();
        Database.SetDbConnection(write.Connection);
        try
        {
            await Database.UseTransactionAsync(write.Transaction);
            return await base.SaveChangesAsync(accept);
        }
        finally
        {
            Database.UseTransaction((DbTransaction?)null);
            Database.SetDbConnection(own, contextOwnsConnection: true);
        }
    }
}
