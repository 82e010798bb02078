using Dressora.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<MediaItem> MediaItems => Set<MediaItem>();
    public DbSet<Deletion> MediaDeletions => Set<Deletion>();
    public DbSet<Statement> MediaStatements => Set<Statement>();
    public DbSet<Export> MediaExports => Set<Export>();

    private static void BuildMedia(ModelBuilder builder)
    {
        builder.Entity<MediaItem>(item =>
        {
            item.ToTable("media_items");
            item.HasIndex(i => new { i.OwnerId, i.State, i.Purpose, i.UsedAt }).HasDatabaseName("media_items_by_owner");
            item.HasIndex(i => i.BlobKey).HasDatabaseName("media_items_by_key");
            item.HasIndex(i => new { i.IsClaimed, i.CreatedAt }).HasDatabaseName("media_items_unclaimed").HasFilter("state = 'Kept'");
            item.HasIndex(i => new { i.OwnerId, i.Purpose, i.SourceSha256 }).HasDatabaseName("media_items_source_once").IsUnique()
                .HasFilter("state = 'Kept' AND purpose IN ('Person', 'Garment', 'Input')");
        });
        builder.Entity<Deletion>(deletion =>
        {
            deletion.ToTable("media_deletions");
            deletion.HasIndex(d => d.DueAt).HasDatabaseName("media_deletions_by_due").HasFilter("state = 'Waiting'");
            deletion.HasIndex(d => d.BlobKey).HasDatabaseName("media_deletions_by_key");
        });
        builder.Entity<Statement>().ToTable("media_statements").HasKey(s => new { s.UserId, s.Version });
        builder.Entity<Export>(export =>
        {
            export.ToTable("media_exports");
            export.HasIndex(e => new { e.UserId, e.Id }).HasDatabaseName("media_exports_by_user");
            export.HasIndex(e => e.DueAt).HasDatabaseName("media_exports_by_due").HasFilter("state IN ('Waiting', 'Working')");
        });
    }
}
