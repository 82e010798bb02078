using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>The one connection that writes, and its commits: many writes to a disk sync, each in a savepoint of its own.</summary>
internal sealed partial class SqliteCommits(
    Func<SqliteConnection> connect, Func<DbConnection, DbTransaction, DressoraDb> open, TimeProvider clock, ILogger log)
{
    /// <summary>Writes that share a commit: enough to pay the sync once, few enough that the first hardly waits.</summary>
    internal const int BatchMax = 64;

    private const string Savepoint = "w";

    /// <summary>A write that takes longer keeps everybody waiting and does something that does not belong into it.</summary>
    private static readonly TimeSpan TurnMax = TimeSpan.FromMilliseconds(250);

    private SqliteConnection? _connection;

    /// <summary>Makes whatever stands in the queue, and notes in the batch whose turn it was. Throws when nothing of it is on disk.</summary>
    internal void Make(ChannelReader<QueuedWrite> queue, List<QueuedWrite> batch)
    {
        _connection ??= connect();
        using var transaction = _connection.BeginTransaction(deferred: false);
        while (batch.Count < BatchMax && queue.TryRead(out var write))
        {
            if (!write.TryTake())
                continue;
            batch.Add(write);
            Run(write, _connection, transaction);
        }

        transaction.Commit();
    }

    /// <summary>
    /// Folds the log before it closes: idle readers still have the file open, and pages of a commit whose sync failed
    /// may stand in the log, where a crash would bring them back to life.
    /// </summary>
    internal void Disconnect()
    {
        try
        {
            if (_connection is not null)
                SqliteConnections.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            _connection?.Dispose();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            Log.NotFolded(log, e.Message);
        }

        _connection = null;
    }

    private void Run(QueuedWrite write, SqliteConnection connection, SqliteTransaction transaction)
    {
        transaction.Save(Savepoint);
        var began = clock.GetTimestamp();
        var failure = write.Run(connection, transaction, InstantConverter.Whole(clock.GetUtcNow()), open);
        if (clock.GetElapsedTime(began) is var took && took > TurnMax)
            Log.Slow(log, took.TotalMilliseconds);
        CloseSavepoint(transaction, failure);
    }

    /// <summary>A full or broken disk makes SQLite roll everything back by itself: then the savepoint is gone, and so is all.</summary>
    private static void CloseSavepoint(SqliteTransaction transaction, Exception? failure)
    {
        try
        {
            if (failure is not null)
                transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
        }
        catch (Exception gone) when (gone is SqliteException or InvalidOperationException)
        {
            throw SqliteFaults.Lost(failure ?? gone);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A write kept everybody waiting for {Milliseconds} ms")]
        public static partial void Slow(ILogger logger, double milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The log stays beside the database until the next start: {Why}")]
        public static partial void NotFolded(ILogger logger, string why);
    }
}
