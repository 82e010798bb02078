using Dressora.Web.Generation;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<Model> Models => Set<Model>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<JobInput> JobInputs => Set<JobInput>();
    public DbSet<JobCall> JobCalls => Set<JobCall>();
    public DbSet<JobStep> JobSteps => Set<JobStep>();
    public DbSet<Result> Results => Set<Result>();
    public DbSet<Share> Shares => Set<Share>();
    public DbSet<ResultClaim> ResultClaims => Set<ResultClaim>();

    private const string Out = "state IN ('Sending', 'Working', 'Previewed', 'Saving')";

    private static void BuildGeneration(ModelBuilder builder)
    {
        builder.Entity<Model>(model =>
        {
            model.ToTable("models");
            model.Ignore(m => m.Life).Ignore(m => m.Wait).Ignore(m => m.PreviewWait);
            model.HasIndex(m => new { m.Tool, m.Provider, m.Name }).HasDatabaseName("models_once").IsUnique();
        });
        builder.Entity<Job>(job =>
        {
            job.ToTable("jobs");
            job.Ignore(j => j.Reference).Ignore(j => j.Path).Ignore(j => j.IsOver).Ignore(j => j.TriedModels);
            job.HasOne<Model>().WithMany().HasForeignKey(j => j.ModelId).OnDelete(DeleteBehavior.NoAction);
            job.HasIndex(j => new { j.UserId, j.ClientId }).HasDatabaseName("jobs_client_once").IsUnique();
            job.HasIndex(j => new { j.UserId, j.CreatedAt }).HasDatabaseName("jobs_by_user");
            job.HasIndex(j => new { j.UserId, j.Fingerprint }).HasDatabaseName("jobs_by_content").HasFilter("state = 'Done'");
            job.HasIndex(j => new { j.Turn, j.Id }).HasDatabaseName("jobs_queue").HasFilter("state = 'Queued'");
            job.HasIndex(j => new { j.UserId, j.Turn }).HasDatabaseName("jobs_queue_by_user").HasFilter("state = 'Queued'");
            job.HasIndex(j => j.DueAt).HasDatabaseName("jobs_by_due").HasFilter(Out);
            job.HasIndex(j => new { j.UserId, j.IsHeavy }).HasDatabaseName("jobs_out_by_user").HasFilter(Out);
            job.HasIndex(j => new { j.ModelId, j.SentAt }).HasDatabaseName("jobs_by_model");
            job.HasIndex(j => new { j.KeyId, j.CreatedAt }).HasDatabaseName("jobs_by_key").HasFilter("key_id IS NOT NULL");
            job.HasIndex(j => new { j.State, j.CreatedAt }).HasDatabaseName("jobs_by_state");
        });
        BuildJobParts(builder);
        BuildResultParts(builder);
    }

    private static void BuildJobParts(ModelBuilder builder)
    {
        builder.Entity<JobInput>(input =>
        {
            input.ToTable("job_inputs").HasKey(i => new { i.JobId, i.Position });
            input.HasOne<Job>().WithMany().HasForeignKey(i => i.JobId).OnDelete(DeleteBehavior.NoAction);
            input.HasIndex(i => i.MediaId).HasDatabaseName("job_inputs_by_media");
        });
        builder.Entity<JobCall>(call =>
        {
            call.ToTable("job_calls");
            call.HasOne<Job>().WithMany().HasForeignKey(c => c.JobId).OnDelete(DeleteBehavior.NoAction);
            call.HasIndex(c => new { c.JobId, c.Digest }).HasDatabaseName("job_calls_once").IsUnique();
            call.HasIndex(c => c.ReceivedAt).HasDatabaseName("job_calls_by_time");
        });
        builder.Entity<JobStep>(step =>
        {
            step.ToTable("job_steps");
            step.Property(s => s.From).HasColumnName("from_state");
            step.Property(s => s.To).HasColumnName("to_state");
            step.HasOne<Job>().WithMany().HasForeignKey(s => s.JobId).OnDelete(DeleteBehavior.NoAction);
            step.HasIndex(s => new { s.JobId, s.Id }).HasDatabaseName("job_steps_by_job");
        });
        builder.Entity<Result>(result =>
        {
            result.ToTable("results");
            result.HasOne<Job>().WithMany().HasForeignKey(r => r.JobId).OnDelete(DeleteBehavior.NoAction);
            result.HasIndex(r => new { r.JobId, r.Position }).HasDatabaseName("results_once").IsUnique();
            result.HasIndex(r => r.MediaId).HasDatabaseName("results_by_media").IsUnique();
            result.HasIndex(r => new { r.UserId, r.State, r.Id }).HasDatabaseName("results_by_user");
            result.HasIndex(r => r.LeftAt).HasDatabaseName("results_leaving").HasFilter("state = 'Leaving'");
        });
    }

    private static void BuildResultParts(ModelBuilder builder)
    {
        builder.Entity<Share>(share =>
        {
            share.ToTable("shares");
            share.Ignore(s => s.Path);
            share.HasOne<Result>().WithMany().HasForeignKey(s => s.ResultId).OnDelete(DeleteBehavior.NoAction);
            share.HasIndex(s => s.Token).HasDatabaseName("shares_token_once").IsUnique();
            share.HasIndex(s => s.ResultId).HasDatabaseName("shares_by_result");
            share.HasIndex(s => s.UserId).HasDatabaseName("shares_by_user");
        });
        builder.Entity<ResultClaim>(claim =>
        {
            claim.ToTable("result_claims").HasKey(c => c.JobId);
            claim.Ignore(c => c.Source).Ignore(c => c.IsMadeGood);
            claim.HasOne<Job>().WithMany().HasForeignKey(c => c.JobId).OnDelete(DeleteBehavior.NoAction);
            claim.HasIndex(c => new { c.UserId, c.MadeAt }).HasDatabaseName("result_claims_by_user");
            claim.HasIndex(c => c.MadeAt).HasDatabaseName("result_claims_waiting").HasFilter("state = 'Waiting'");
        });
    }
}
