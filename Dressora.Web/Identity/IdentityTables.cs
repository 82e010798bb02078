using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<MailedCode> MailedCodes => Set<MailedCode>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<SpentPuzzle> SpentPuzzles => Set<SpentPuzzle>();

    private static void BuildIdentity(ModelBuilder builder)
    {
        builder.Ignore<IdentityUserClaim<long>>();
        builder.Ignore<IdentityUserToken<long>>();
        builder.Entity<AppUser>(user =>
        {
            user.ToTable("users");
            user.Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed).Ignore(u => u.TwoFactorEnabled);
            user.Ignore(u => u.LockoutEnabled).Ignore(u => u.LockoutEnd).Ignore(u => u.AccessFailedCount);
            user.HasIndex(u => u.NormalizedUserName).HasDatabaseName("users_name_once").IsUnique();
            user.HasIndex(u => u.NormalizedEmail).HasDatabaseName("users_email_once").IsUnique();
            user.HasIndex(u => u.DeletionDueAt).HasDatabaseName("users_by_deletion");
        });
        builder.Entity<IdentityUserLogin<long>>().ToTable("user_logins").HasIndex(l => l.UserId).HasDatabaseName("user_logins_by_user");
        builder.Entity<IdentityUserPasskey<long>>().ToTable("user_passkeys").HasIndex(p => p.UserId).HasDatabaseName("user_passkeys_by_user");
        builder.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(s => s.UserId).HasDatabaseName("sessions_by_user");
        });
        builder.Entity<MailedCode>(code =>
        {
            code.ToTable("mailed_codes");
            code.HasOne<AppUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
            code.HasIndex(c => c.Hash).HasDatabaseName("mailed_codes_hash_once").IsUnique();
            code.HasIndex(c => c.UserId).HasDatabaseName("mailed_codes_by_user");
        });
        builder.Entity<RecoveryCode>(code =>
        {
            code.ToTable("recovery_codes");
            code.HasOne<AppUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
            code.HasIndex(c => new { c.UserId, c.Hash }).HasDatabaseName("recovery_codes_hash_once").IsUnique();
        });
        BuildKeys(builder);
        builder.Entity<SpentPuzzle>().ToTable("spent_puzzles").HasKey(p => p.Hash);
    }

    private static void BuildKeys(ModelBuilder builder)
    {
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.Ignore(k => k.Scopes).Property(k => k.ScopeBits).HasColumnName("scopes");
            key.HasOne<AppUser>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
            key.HasIndex(k => k.Hash).HasDatabaseName("api_keys_hash_once").IsUnique();
            key.HasIndex(k => k.UserId).HasDatabaseName("api_keys_by_user");
        });
    }
}
