using System.Security.Cryptography;
using System.Text.Json;
using Dressora.Web.Data;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

public enum CallVerdict
{
    /// <summary>Signed and about this job.</summary>
    Verified,

    /// <summary>Unsigned: a reason to look.</summary>
    Hint,
}

/// <summary>What a provider told us, byte for byte, until it is applied; and, for a while, after.</summary>
public sealed record JobCall
{
    public long Id { get; init; }
    public required string JobId { get; init; }
    public required string Digest { get; init; }
    public required CallVerdict Verdict { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Headers { get; init; }
    public required byte[] Body { get; init; }
    public DateTimeOffset? AppliedAt { get; init; }

    internal CallbackCall Again(Job job) => new(
        JobId, job.ExternalId,
        // As when it came: many senders and proxies write the names of headers small.
        new Dictionary<string, string[]>(JsonSerializer.Deserialize<Dictionary<string, string[]>>(Headers)!, StringComparer.OrdinalIgnoreCase),
        Body, ReceivedAt);
}

/// <summary>Callbacks as rows: each different one is there once.</summary>
internal static class CallRows
{
    /// <summary>False for what was said before, word for word.</summary>
    internal static async Task<bool> AddAsync(Write write, CallbackCall call, CallVerdict verdict) => await write.ExecuteAsync(
        "INSERT INTO job_calls (job_id, digest, verdict, received_at, headers, body) "
        + "VALUES (@job, @digest, @verdict, @at, @headers, @body) ON CONFLICT DO NOTHING",
        ("@job", call.JobId), ("@digest", Convert.ToHexStringLower(SHA256.HashData(call.Body.Span))), ("@verdict", verdict.ToString()),
        ("@at", InstantConverter.ToMicroseconds(call.ReceivedAt)), ("@headers", JsonSerializer.Serialize(call.Headers)),
        ("@body", call.Body.ToArray())) == 1;

    internal static async Task<bool> AnyAsync(Write write, string jobId) => await write.NumberAsync(
        "SELECT 1 FROM job_calls WHERE job_id = @job AND applied_at IS NULL LIMIT 1", ("@job", jobId)) is not null;

    internal static async Task<List<JobCall>> WaitingAsync(Database database, string jobId, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        return await db.JobCalls.Where(call => call.JobId == jobId && call.AppliedAt == null).OrderBy(call => call.Id).ToListAsync(cancel);
    }

    internal static async Task<List<JobCall>> VerifiedAsync(Database database, string jobId, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        return await db.JobCalls.Where(call => call.JobId == jobId && call.Verdict == CallVerdict.Verified)
            .OrderBy(call => call.Id).ToListAsync(cancel);
    }

    internal static Task AppliedAsync(Write write, string jobId, long upTo) => write.ExecuteAsync(
        "UPDATE job_calls SET applied_at = @at WHERE job_id = @job AND id <= @last AND applied_at IS NULL",
        ("@at", InstantConverter.ToMicroseconds(write.Now)), ("@job", jobId), ("@last", upTo));

    /// <summary>Wakes a job that nobody holds; whoever holds it looks again by itself, because a call waits.</summary>
    internal static Task WakeAsync(Write write, string jobId) => write.ExecuteAsync(
        "UPDATE jobs SET due_at = @now WHERE id = @job AND worker IS NULL AND due_at > @now "
        + "AND state IN ('Working', 'Previewed', 'Saving')",
        ("@now", InstantConverter.ToMicroseconds(write.Now)), ("@job", jobId));

    /// <summary>Old words of jobs that ended; they hold addresses of pictures.</summary>
    internal static Task<int> CleanAsync(Write write, DateTimeOffset before) => write.ExecuteAsync(
        "DELETE FROM job_calls WHERE received_at < @before AND job_id IN "
        + "(SELECT id FROM jobs WHERE state IN ('Done', 'Cancelled', 'Failed'))",
        ("@before", InstantConverter.ToMicroseconds(before)));
}
