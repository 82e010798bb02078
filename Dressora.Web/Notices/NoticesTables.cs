using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<Mail> Mails => Set<Mail>();
    public DbSet<Notice> Notices => Set<Notice>();

    private static void BuildNotices(ModelBuilder builder)
    {
        builder.Entity<Mail>(mail =>
        {
            mail.ToTable("mails");
            mail.HasIndex(m => new { m.State, m.DueAt }).HasDatabaseName("mails_by_due");
        });
        builder.Entity<Notice>(notice =>
        {
            notice.ToTable("notices");
            notice.HasIndex(n => new { n.UserId, n.Kind, n.Path }).HasDatabaseName("notices_once").IsUnique();
            notice.HasIndex(n => new { n.UserId, n.At }).HasDatabaseName("notices_by_user");
            notice.HasIndex(n => n.UserId).HasDatabaseName("notices_unseen").HasFilter("seen_at IS NULL");
            notice.HasIndex(n => n.At).HasDatabaseName("notices_by_time");
        });
    }
}
