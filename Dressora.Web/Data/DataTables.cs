using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    private static void BuildData(ModelBuilder builder) => builder.Entity<AuditEntry>(entry =>
    {
        entry.ToTable("audit_entries");
        entry.HasIndex(e => e.At).HasDatabaseName("audit_entries_by_time");
    });
}
