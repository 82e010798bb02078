using Dressora.Web.Moderation;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<Strike> Strikes => Set<Strike>();
    public DbSet<BlockedFile> BlockedFiles => Set<BlockedFile>();

    private static void BuildModeration(ModelBuilder builder)
    {
        builder.Entity<Report>(report =>
        {
            report.ToTable("reports");
            report.HasIndex(r => r.DueAt).HasDatabaseName("reports_open").HasFilter("state = 'Open'");
            report.HasIndex(r => r.Subject).HasDatabaseName("reports_by_subject");
            report.HasIndex(r => r.OwnerId).HasDatabaseName("reports_by_owner");
        });
        builder.Entity<Strike>(strike =>
        {
            strike.ToTable("strikes");
            strike.HasIndex(s => new { s.UserId, s.Source }).HasDatabaseName("strikes_once").IsUnique();
            strike.HasIndex(s => new { s.UserId, s.At }).HasDatabaseName("strikes_by_user");
        });
        builder.Entity<BlockedFile>().ToTable("blocked_files").HasKey(file => file.Sha256);
    }
}
