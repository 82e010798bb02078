using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<Account> CreditAccounts => Set<Account>();
    public DbSet<Grant> CreditGrants => Set<Grant>();
    public DbSet<Hold> CreditHolds => Set<Hold>();
    public DbSet<Slice> CreditSlices => Set<Slice>();
    public DbSet<Entry> CreditEntries => Set<Entry>();
    public DbSet<KeptCommand> CreditCommands => Set<KeptCommand>();
    public DbSet<LedgerFault> CreditFaults => Set<LedgerFault>();
    public DbSet<Seal> CreditSeals => Set<Seal>();
    public DbSet<Proposal> CreditProposals => Set<Proposal>();

    private static void BuildLedger(ModelBuilder builder)
    {
        builder.Entity<Account>(account =>
        {
            account.ToTable("credit_accounts").HasKey(a => a.UserId);
            account.Property(a => a.UserId).ValueGeneratedNever();
        });
        builder.Entity<Grant>(grant =>
        {
            grant.ToTable("credit_grants");
            grant.Ignore(g => g.IsCredit);
            grant.Property<int>("Priority");
            grant.HasOne<Account>().WithMany().HasForeignKey(g => g.UserId).OnDelete(DeleteBehavior.NoAction);
            grant.HasIndex(g => g.Source).HasDatabaseName("credit_grants_source_once").IsUnique();
            grant.HasIndex(nameof(Grant.UserId), nameof(Grant.Scope), "Priority", nameof(Grant.ExpiresAt), nameof(Grant.EffectiveAt), nameof(Grant.Id))
                .HasDatabaseName("credit_grants_by_burning").HasFilter("available > 0");
            grant.HasIndex(g => new { g.UserId, g.Id }).HasDatabaseName("credit_grants_by_user");
            grant.HasIndex(g => g.ExpiresAt).HasDatabaseName("credit_grants_by_expiry").HasFilter("available > 0");
        });
        builder.Entity<Hold>(hold =>
        {
            hold.ToTable("credit_holds");
            hold.HasOne<Account>().WithMany().HasForeignKey(h => h.UserId).OnDelete(DeleteBehavior.NoAction);
            hold.HasIndex(h => h.Reference).HasDatabaseName("credit_holds_reference_once").IsUnique();
            hold.HasIndex(h => new { h.UserId, h.Id }).HasDatabaseName("credit_holds_by_user");
            hold.HasIndex(h => h.Deadline).HasDatabaseName("credit_holds_by_deadline").HasFilter("state = 'Open'");
        });
        builder.Entity<Slice>(slice =>
        {
            slice.ToTable("credit_slices").HasKey(s => new { s.HoldId, s.Position });
            slice.HasOne<Hold>().WithMany().HasForeignKey(s => s.HoldId).OnDelete(DeleteBehavior.NoAction);
            slice.HasOne<Grant>().WithMany().HasForeignKey(s => s.GrantId).OnDelete(DeleteBehavior.NoAction);
            slice.HasIndex(s => s.GrantId).HasDatabaseName("credit_slices_by_grant");
        });
        BuildBooks(builder);
    }

    private static void BuildBooks(ModelBuilder builder)
    {
        builder.Entity<Entry>(entry =>
        {
            entry.ToTable("credit_entries");
            entry.Property(e => e.From).HasColumnName("from_bucket");
            entry.Property(e => e.To).HasColumnName("to_bucket");
            entry.HasOne<Account>().WithMany().HasForeignKey(e => e.UserId).OnDelete(DeleteBehavior.NoAction);
            entry.HasOne<Grant>().WithMany().HasForeignKey(e => e.GrantId).OnDelete(DeleteBehavior.NoAction);
            entry.HasOne<Hold>().WithMany().HasForeignKey(e => e.HoldId).OnDelete(DeleteBehavior.NoAction);
            entry.HasIndex(e => new { e.UserId, e.Number }).HasDatabaseName("credit_entries_number_once").IsUnique();
            entry.HasIndex(e => e.Reference).HasDatabaseName("credit_entries_by_reference");
            entry.HasIndex(e => e.GrantId).HasDatabaseName("credit_entries_by_grant");
            entry.HasIndex(e => e.HoldId).HasDatabaseName("credit_entries_by_hold");
            entry.HasIndex(e => e.Amount).HasDatabaseName("credit_entries_overrun").HasFilter("kind = 'Overrun'");
        });
        builder.Entity<Seal>(seal =>
        {
            seal.ToTable("credit_seal");
            seal.Property(s => s.Id).ValueGeneratedNever();
        });
        builder.Entity<KeptCommand>().ToTable("credit_commands").HasKey(c => c.Key);
        builder.Entity<LedgerFault>().ToTable("credit_faults");
        builder.Entity<Proposal>(proposal =>
        {
            proposal.ToTable("credit_proposals");
            proposal.HasIndex(p => p.Key).HasDatabaseName("credit_proposals_key_once").IsUnique();
            proposal.HasIndex(p => new { p.State, p.Id }).HasDatabaseName("credit_proposals_by_state");
        });
    }
}
