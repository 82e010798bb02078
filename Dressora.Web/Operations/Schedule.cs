using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>Something done again and again; it may be late, it is never early. Its outcome is a few words for the admin.</summary>
public sealed record RecurringTask(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task<string>> RunAsync);

/// <summary>
/// Runs what is due. A task's row says when; taking it is a lease, so that two nodes never run one task at once and a node
/// that died leaves it due again.
/// </summary>
public sealed partial class Schedule(
    Database database, IServiceProvider services, ClockWatch watch, IReadOnlyList<RecurringTask> tasks, ILogger<Schedule> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>The names of the tasks that ran.</summary>
    public async Task<IReadOnlyList<string>> RunDueAsync(CancellationToken cancel)
    {
        if (watch.HasJumped())
        {
            Log.Jumped(log);
            return [];
        }

        var ran = new List<string>();
        foreach (var task in tasks)
        {
            if (await TakeAsync(task) is not { } until)
                continue;
            await RunAsync(task, until, cancel);
            ran.Add(task.Name);
        }

        return ran;
    }

    private async Task RunAsync(RecurringTask task, DateTimeOffset until, CancellationToken cancel)
    {
        string outcome;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Lease);
            outcome = await task.RunAsync(services, limit.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Log.Failed(log, task.Name, e);
            outcome = "failed: " + e.GetType().Name;
        }

        // A lease that ran out may be somebody else's by now: then what we did is theirs to tell.
        await database.WriteAsync(
            write => write.RunAsync(
                $"""
                UPDATE tasks SET ran_at = {write.Now}, due_at = {write.Now + task.Every}, outcome = {outcome}
                WHERE name = {task.Name} AND due_at = {until}
                """),
            CancellationToken.None);
    }

    /// <summary>Until when the task is ours; null when it is not due or somebody else has it.</summary>
    private async Task<DateTimeOffset?> TakeAsync(RecurringTask task)
    {
        if (await database.AnyAsync($"SELECT 1 FROM tasks WHERE name = {task.Name} AND due_at > {watch.Now}"))
            return null;
        return await database.WriteAsync<DateTimeOffset?>(async write =>
        {
            var until = write.Now + Lease;
            await write.RunAsync(
                $"INSERT INTO tasks (name, due_at, outcome) VALUES ({task.Name}, {write.Now}, '') ON CONFLICT DO NOTHING");
            var taken = await write.RunAsync(
                $"UPDATE tasks SET due_at = {until} WHERE name = {task.Name} AND due_at <= {write.Now}");
            return taken == 1 ? until : null;
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Task {Task} failed; it will be tried again when it is next due")]
        public static partial void Failed(ILogger logger, string task, Exception e);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The clock jumped ahead: tasks wait until it has run steadily for a while")]
        public static partial void Jumped(ILogger logger);
    }
}
