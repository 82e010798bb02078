using Dressora.Web.Data;

namespace Dressora.Web.Generation;

/// <summary>Jobs as rows: the one place where a job's state changes.</summary>
internal static class JobRows
{
    internal static Task<Job?> FindAsync(Write write, string id) =>
        write.RowAsync($"SELECT {JobColumns.All} FROM jobs WHERE id = @id", JobColumns.Read, ("@id", id));

    internal static Task<Job?> FindAsync(Write write, long userId, string clientId) => write.RowAsync(
        $"SELECT {JobColumns.All} FROM jobs WHERE user_id = @user AND client_id = @client", JobColumns.Read, ("@user", userId), ("@client", clientId));

    internal static Task<List<Job>> OpenOfAsync(Write write, long userId) => write.RowsAsync(
        $"SELECT {JobColumns.All} FROM jobs WHERE user_id = @user AND state NOT IN ('Done', 'Cancelled', 'Failed')",
        JobColumns.Read,
        ("@user", userId));

    /// <summary>The oldest job out of the queue that somebody should look at, or whose holder has gone.</summary>
    internal static Task<Job?> DueAsync(Write write) => write.RowAsync(
        $"SELECT {JobColumns.All} FROM jobs WHERE state IN ('Sending', 'Working', 'Previewed', 'Saving') AND due_at <= @now ORDER BY due_at LIMIT 1",
        JobColumns.Read,
        ("@now", InstantConverter.ToMicroseconds(write.Now)));

    /// <summary>The next in the queue; of one person's heavy jobs only one is out at a time.</summary>
    internal static Task<Job?> NextAsync(Write write) => write.RowAsync(
        $"""
        SELECT {JobColumns.All} FROM jobs WHERE state = 'Queued' AND due_at <= @now AND (is_heavy = FALSE OR NOT EXISTS (
            SELECT 1 FROM jobs AS other WHERE other.user_id = jobs.user_id AND other.is_heavy = TRUE
            AND other.state IN ('Sending', 'Working', 'Previewed', 'Saving')))
        ORDER BY turn, id LIMIT 1
        """,
        JobColumns.Read,
        ("@now", InstantConverter.ToMicroseconds(write.Now)));

    /// <summary>
    /// A person's first waiting job stands beside everybody else's first, their second beside the second: nobody waits for
    /// all of somebody's before their own.
    /// </summary>
    internal static async Task<long> NextTurnAsync(Write write, long userId)
    {
        var front = await write.NumberAsync("SELECT min(turn) FROM jobs WHERE state = 'Queued'") ?? 0;
        var own = await write.NumberAsync("SELECT max(turn) FROM jobs WHERE user_id = @user AND state = 'Queued'", ("@user", userId));
        return own is { } last ? Math.Max(last + 1, front) : front;
    }

    internal static async Task<long> WaitingAsync(Write write, long userId) =>
        await write.NumberAsync("SELECT count(*) FROM jobs WHERE user_id = @user AND state = 'Queued'", ("@user", userId)) ?? 0;

    /// <summary>What a key has cost since then, or may still cost.</summary>
    internal static async Task<long> SpentAsync(Write write, long keyId, DateTimeOffset since) => await write.NumberAsync(
        "SELECT sum(CASE WHEN state = 'Done' THEN charged ELSE price END) FROM jobs WHERE key_id = @key AND created_at >= @since "
        + "AND scope = '' AND state NOT IN ('Cancelled', 'Failed')",
        ("@key", keyId), ("@since", InstantConverter.ToMicroseconds(since))) ?? 0;

    internal static async Task InsertAsync(Write write, Job job)
    {
        await write.ExecuteAsync(
            $"INSERT INTO jobs ({JobColumns.All}) VALUES (@id, @user, @client, @tool, @kind, @fingerprint, @parameters, @count, @heavy, @price, "
            + "@scope, @token, @created, @turn, @key, @state, @version, @worker, @due, @deadline, @model, @tried, @attempts, @external, @poll, "
            + "@progress, @place, @preview, @saves, @charged, @reason, @detail, @sent, @previewed, @finished)",
            [
                ("@id", job.Id), ("@user", job.UserId), ("@client", job.ClientId), ("@tool", job.Tool), ("@kind", job.Kind.ToString()),
                ("@fingerprint", job.Fingerprint), ("@parameters", job.Parameters), ("@count", job.Count), ("@heavy", job.IsHeavy),
                ("@price", job.Price), ("@scope", job.Scope), ("@token", job.CallbackToken), ("@created", InstantConverter.ToMicroseconds(job.CreatedAt)),
                ("@turn", job.Turn), ("@key", job.KeyId), ("@version", job.Version), .. JobColumns.Values(job),
            ]);
        await StepAsync(write, job, "", job.State.ToString());
    }

    /// <summary>
    /// True when this step counts. False when somebody was quicker or the lease is another's by now: then nothing of the
    /// step happened, and whoever asked undoes what they did for it.
    /// </summary>
    internal static async Task<bool> SaveAsync(Write write, Job before, Job after)
    {
        var counted = await write.ExecuteAsync(
            """
            UPDATE jobs SET state = @state, version = @version, worker = @worker, due_at = @due, deadline = @deadline, model_id = @model,
                tried = @tried, attempts = @attempts, external_id = @external, poll_reference = @poll, progress = @progress,
                place = @place, preview_id = @preview, save_attempts = @saves, charged = @charged, reason = @reason, detail = @detail,
                sent_at = @sent, previewed_at = @previewed, finished_at = @finished
            WHERE id = @id AND state = @from AND version = @seen
            """,
            [
                ("@id", after.Id), ("@from", before.State.ToString()), ("@seen", before.Version), ("@version", after.Version),
                .. JobColumns.Values(after),
            ]);
        if (counted == 1 && before.State != after.State)
            await StepAsync(write, after, before.State.ToString(), after.State.ToString());
        return counted == 1;
    }

    /// <summary>A line in a job's life that changes nothing of it.</summary>
    internal static Task<int> NoteAsync(Write write, string id, string note) => write.ExecuteAsync(
        "INSERT INTO job_steps (job_id, at, from_state, to_state, note) SELECT id, @at, state, state, @note FROM jobs WHERE id = @job",
        ("@job", id), ("@at", InstantConverter.ToMicroseconds(write.Now)), ("@note", note));

    private static Task<int> StepAsync(Write write, Job job, string from, string to) => write.ExecuteAsync(
        "INSERT INTO job_steps (job_id, at, from_state, to_state, note) VALUES (@job, @at, @from, @to, @note)",
        ("@job", job.Id), ("@at", InstantConverter.ToMicroseconds(write.Now)), ("@from", from), ("@to", to),
        ("@note", job.Reason is { } reason ? $"{reason}: {job.Detail}" : job.State == JobState.Queued ? "" : $"model {job.ModelId}"));
}
