using System.Data.Common;

namespace Dressora.Web.Data;

/// <summary>One open write. Verbs add to it; when the outermost verb returns, all of it commits or none.</summary>
public sealed partial class Write
{
    private readonly Func<DressoraDb> _open;
    private readonly Func<string, Task>? _hold;
    private DressoraDb? _db;
    private List<Action>? _afterCommit;

    internal Write(
        DbConnection connection,
        DbTransaction transaction,
        DateTimeOffset now,
        Func<DressoraDb> open,
        Func<string, Task>? hold = null)
    {
        Connection = connection;
        Transaction = transaction;
        Now = now;
        _open = open;
        _hold = hold;
    }

    public DbConnection Connection { get; }
    public DbTransaction Transaction { get; }

    /// <summary>The one instant of this write, in whole microseconds.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Hears of every hand-written statement before it runs, and may let it fail: how tests find what a broken wire leaves.</summary>
    internal Action? BeforeStatement { get; set; }

    /// <summary>Tracking, on this write's transaction; what was changed is saved when the write ends.</summary>
    public DressoraDb Db => _db ??= _open();

    /// <summary>
    /// Until this write ends nobody else holds that name: take it before reading what is to be decided on. The one
    /// writer of SQLite is alone anyway.
    /// </summary>
    public Task HoldAsync(string name) => _hold?.Invoke(name) ?? Task.CompletedTask;

    /// <summary>For bells and caches: runs when the commit is on disk, never when it failed.</summary>
    public void AfterCommit(Action act) => (_afterCommit ??= []).Add(act);

    /// <summary>Runs a statement that both engines understand, without a context; says how many rows it touched.</summary>
    public async Task<int> RunAsync(FormattableString sql)
    {
        await using var command = PlainSql.Of(Connection, sql);
        command.Transaction = Transaction;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Saves now, for a verb that needs a generated id or a constraint's answer before it goes on.</summary>
    public Task SaveAsync() => Db.SaveChangesAsync();

    /// <summary>Every write an admin causes leaves a line in the audit list, in the same commit.</summary>
    public void Audit(long actorId, string action, string subject, string detail = "") =>
        Db.AuditEntries.Add(new AuditEntry(Now, actorId, action, subject, detail));

    internal Task SavePendingAsync() => _db is null ? Task.CompletedTask : _db.SaveChangesAsync();

    /// <summary>The write is on disk: a bell that breaks is a bug of the bell, and takes nothing back.</summary>
    internal void Committed(ILogger log)
    {
        foreach (var act in _afterCommit ?? [])
        {
            try
            {
                act();
            }
            catch (Exception e)
            {
                Log.BellBroke(log, e);
            }
        }
    }

    internal void Close() => _db?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What should follow a write broke; the write stands")]
        public static partial void BellBroke(ILogger logger, Exception e);
    }
}
