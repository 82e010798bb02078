using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<Mail> Mails => Set<Mail>();

    private static void BuildNotices(ModelBuilder builder) => builder.Entity<Mail>(mail =>
    {
        mail.ToTable("mails");
        mail.HasIndex(m => new { m.State, m.DueAt }).HasDatabaseName("mails_by_due");
    });
}
