using Dressora.Web.Payments;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<CreditPrice> CreditPrices => Set<CreditPrice>();
    public DbSet<PlanPrice> PlanPrices => Set<PlanPrice>();
    public DbSet<SaleTerms> SaleTerms => Set<SaleTerms>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<PaymentGrant> PaymentGrants => Set<PaymentGrant>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<Dispute> Disputes => Set<Dispute>();
    public DbSet<Receipt> Receipts => Set<Receipt>();
    public DbSet<ReceiptSeries> ReceiptSeries => Set<ReceiptSeries>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<GatewayPlan> GatewayPlans => Set<GatewayPlan>();
    public DbSet<DemoRecord> DemoRecords => Set<DemoRecord>();

    private static void BuildPayments(ModelBuilder builder)
    {
        builder.Entity<CreditPrice>().ToTable("credit_prices").HasKey(p => p.Currency);
        builder.Entity<PlanPrice>(price =>
        {
            price.ToTable("plan_prices").Ignore(p => p.Price);
            price.HasIndex(p => new { p.Credits, p.Period, p.Currency }).HasDatabaseName("plan_prices_once").IsUnique();
        });
        builder.Entity<SaleTerms>().ToTable("sale_terms").Property(t => t.Id).ValueGeneratedNever();
        BuildOrders(builder);
        BuildMoney(builder);
        builder.Entity<Webhook>(webhook =>
        {
            webhook.ToTable("webhooks").Ignore(w => w.Counter);
            webhook.HasIndex(w => new { w.Gateway, w.Mode, w.EventId }).HasDatabaseName("webhooks_once").IsUnique();
            webhook.HasIndex(w => w.DueAt).HasDatabaseName("webhooks_by_due").HasFilter("state = 'Waiting'");
            webhook.HasIndex(w => w.ReceivedAt).HasDatabaseName("webhooks_by_time");
            webhook.HasIndex(w => w.Id).HasDatabaseName("webhooks_troubled").HasFilter("state IN ('Failed', 'Rejected')");
        });
        builder.Entity<GatewayPlan>(plan =>
        {
            plan.ToTable("gateway_plans");
            plan.HasIndex(p => new { p.Gateway, p.Mode, p.Account, p.Credits, p.Period, p.Amount, p.Currency })
                .HasDatabaseName("gateway_plans_once").IsUnique();
        });
        builder.Entity<DemoRecord>().ToTable("demo_records").Ignore(r => r.Price).HasIndex(r => r.Parent).HasDatabaseName("demo_records_by_parent");
    }

    private static void BuildOrders(ModelBuilder builder)
    {
        builder.Entity<Order>(order =>
        {
            order.ToTable("orders").Ignore(o => o.Price).Ignore(o => o.Path);
            order.HasIndex(o => o.Number).HasDatabaseName("orders_number_once").IsUnique();
            order.HasIndex(o => new { o.UserId, o.Key }).HasDatabaseName("orders_key_once").IsUnique();
            order.HasIndex(o => new { o.Gateway, o.Mode, o.ExternalId }).HasDatabaseName("orders_external_once").IsUnique()
                .HasFilter("external_id IS NOT NULL");
            order.HasIndex(o => new { o.UserId, o.Id }).HasDatabaseName("orders_by_user");
            order.HasIndex(o => o.CheckAt).HasDatabaseName("orders_by_check").HasFilter("check_at IS NOT NULL");
        });
        builder.Entity<Subscription>(subscription =>
        {
            subscription.ToTable("subscriptions").Ignore(s => s.Price).Ignore(s => s.IsRunning).Ignore(s => s.Months).Ignore(s => s.IsEnding);
            subscription.HasOne<Order>().WithMany().HasForeignKey(s => s.OrderId).OnDelete(DeleteBehavior.NoAction);
            subscription.HasIndex(s => new { s.Gateway, s.Mode, s.ExternalId }).HasDatabaseName("subscriptions_external_once").IsUnique();
            subscription.HasIndex(s => new { s.UserId, s.Id }).HasDatabaseName("subscriptions_by_user");
            subscription.HasIndex(s => s.OrderId).HasDatabaseName("subscriptions_by_order");
            subscription.HasIndex(s => s.CheckAt).HasDatabaseName("subscriptions_by_check").HasFilter("check_at IS NOT NULL");
        });
    }

    private static void BuildMoney(ModelBuilder builder)
    {
        builder.Entity<Payment>(payment =>
        {
            payment.ToTable("payments").Ignore(p => p.Price).Ignore(p => p.Key);
            payment.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.NoAction);
            payment.HasOne<Subscription>().WithMany().HasForeignKey(p => p.SubscriptionId).OnDelete(DeleteBehavior.NoAction);
            payment.HasIndex(p => new { p.Gateway, p.Mode, p.ExternalId }).HasDatabaseName("payments_once").IsUnique();
            payment.HasIndex(p => p.OrderId).HasDatabaseName("payments_by_order");
            payment.HasIndex(p => p.SubscriptionId).HasDatabaseName("payments_by_subscription");
            payment.HasIndex(p => new { p.UserId, p.Id }).HasDatabaseName("payments_by_user");
            payment.HasIndex(p => p.NextGrantAt).HasDatabaseName("payments_by_grant").HasFilter("next_grant_at IS NOT NULL");
            payment.HasIndex(p => p.Id).HasDatabaseName("payments_refused").HasFilter("state = 'Refused' AND settled_by IS NULL");
        });
        builder.Entity<PaymentGrant>(grant =>
        {
            grant.ToTable("payment_grants").HasKey(g => g.Source);
            grant.HasOne<Payment>().WithMany().HasForeignKey(g => g.PaymentId).OnDelete(DeleteBehavior.NoAction);
            grant.HasIndex(g => g.PaymentId).HasDatabaseName("payment_grants_by_payment");
        });
        builder.Entity<Refund>(refund =>
        {
            refund.ToTable("refunds").Ignore(r => r.Counts);
            refund.HasOne<Payment>().WithMany().HasForeignKey(r => r.PaymentId).OnDelete(DeleteBehavior.NoAction);
            refund.HasIndex(r => new { r.Gateway, r.Mode, r.ExternalId }).HasDatabaseName("refunds_external_once").IsUnique()
                .HasFilter("external_id IS NOT NULL");
            refund.HasIndex(r => r.Key).HasDatabaseName("refunds_key_once").IsUnique();
            refund.HasIndex(r => r.PaymentId).HasDatabaseName("refunds_by_payment");
            refund.HasIndex(r => r.CheckAt).HasDatabaseName("refunds_by_check").HasFilter("check_at IS NOT NULL");
        });
        builder.Entity<Dispute>(dispute =>
        {
            dispute.ToTable("disputes");
            dispute.HasOne<Payment>().WithMany().HasForeignKey(d => d.PaymentId).OnDelete(DeleteBehavior.NoAction);
            dispute.HasIndex(d => new { d.Gateway, d.Mode, d.ExternalId }).HasDatabaseName("disputes_once").IsUnique();
            dispute.HasIndex(d => d.PaymentId).HasDatabaseName("disputes_by_payment");
            dispute.HasIndex(d => d.Id).HasDatabaseName("disputes_open").HasFilter("state = 'Open'");
        });
        BuildReceipts(builder);
    }

    private static void BuildReceipts(ModelBuilder builder)
    {
        builder.Entity<ReceiptSeries>().ToTable("receipt_series").HasKey(s => s.Name);
        builder.Entity<Receipt>(receipt =>
        {
            receipt.ToTable("receipts").HasKey(r => r.Number);
            receipt.HasOne<Payment>().WithMany().HasForeignKey(r => r.PaymentId).OnDelete(DeleteBehavior.NoAction);
            receipt.HasOne<Refund>().WithMany().HasForeignKey(r => r.RefundId).OnDelete(DeleteBehavior.NoAction);
            receipt.HasIndex(r => r.PaymentId).HasDatabaseName("receipts_payment_once").IsUnique().HasFilter("refund_id IS NULL");
            receipt.HasIndex(r => r.RefundId).HasDatabaseName("receipts_refund_once").IsUnique().HasFilter("refund_id IS NOT NULL");
            receipt.HasIndex(r => new { r.UserId, r.IssuedAt }).HasDatabaseName("receipts_by_user");
        });
    }
}
