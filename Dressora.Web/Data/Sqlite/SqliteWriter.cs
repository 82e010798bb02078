using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>
/// One thread, one connection, first come first served. Two SQLite connections that write at once wait for each other
/// in sleeps of 150 ms; one never waits. Whatever stands in the queue when a commit begins shares its disk sync, each
/// write in a savepoint of its own, so that one that fails takes nobody with it.
/// </summary>
public sealed partial class SqliteWriter : IWriter
{
    /// <summary>Writes that share a commit: enough to pay the sync once, few enough that the first hardly waits.</summary>
    private const int BatchMax = 64;

    private const string Savepoint = "w";

    /// <summary>A write that takes longer keeps everybody waiting and does something that does not belong into it.</summary>
    private static readonly TimeSpan TurnMax = TimeSpan.FromMilliseconds(250);

    private readonly Channel<QueuedWrite> _queue;
    private readonly Func<SqliteConnection> _connect;
    private readonly Func<DbConnection, DbTransaction, DressoraDb> _open;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private SqliteConnection? _connection;
    private volatile bool _stopping;

    public SqliteWriter(
        Func<SqliteConnection> connect,
        Func<DbConnection, DbTransaction, DressoraDb> open,
        TimeProvider clock,
        int waitingMax,
        ILogger<SqliteWriter> log)
    {
        _connect = connect;
        _open = open;
        _clock = clock;
        _log = log;
        _queue = Channel.CreateBounded<QueuedWrite>(new BoundedChannelOptions(waitingMax) { SingleReader = true });
        _thread = new Thread(WriteUntilStopped) { Name = "sqlite-writer", IsBackground = true };
        _thread.UnsafeStart();
    }

    public Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel)
    {
        var write = new QueuedWrite<T>(work, cancel);
        if (_queue.Writer.TryWrite(write))
            return write.Answered;
        var why = _stopping ? Unavailable.Stopping : Unavailable.Busy;
        return Task.FromException<T>(new DatabaseUnavailableException(why));
    }

    /// <summary>Takes no more, finishes what waits, folds the log into the file and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join);
        Disconnect();
    }

    private void WriteUntilStopped()
    {
        var batch = new List<QueuedWrite>(BatchMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            try
            {
                _connection ??= _connect();
                Commit(_connection, batch);
            }
            catch (Exception e)
            {
                Refuse(batch, e);
                continue;
            }

            foreach (var write in batch)
                write.Committed(_log);
        }
    }

    private void Commit(SqliteConnection connection, List<QueuedWrite> batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        while (batch.Count < BatchMax && _queue.Reader.TryRead(out var write))
        {
            if (!write.TryTake())
                continue;
            batch.Add(write);
            Run(write, connection, transaction);
        }

        transaction.Commit();
    }

    private void Run(QueuedWrite write, SqliteConnection connection, SqliteTransaction transaction)
    {
        transaction.Save(Savepoint);
        var began = _clock.GetTimestamp();
        var failure = write.Run(connection, transaction, InstantConverter.Whole(_clock.GetUtcNow()), _open);
        if (_clock.GetElapsedTime(began) is var took && took > TurnMax)
            Log.Slow(_log, took.TotalMilliseconds);
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

    /// <summary>
    /// The commit failed, so nobody's write happened; or none could begin, and then nobody who stands here has a better
    /// chance than the first. A new connection is the one way to be sure of the next.
    /// </summary>
    private void Refuse(List<QueuedWrite> batch, Exception e)
    {
        if (batch.Count == 0)
        {
            for (var waiting = _queue.Reader.Count; waiting > 0 && _queue.Reader.TryRead(out var write); waiting--)
            {
                if (write.TryTake())
                    batch.Add(write);
            }
        }

        var answer = SqliteFaults.Lost(e);
        Log.Lost(_log, batch.Count, answer.Why, e);
        Disconnect();
        foreach (var write in batch)
            write.Refuse(answer);
    }

    /// <summary>
    /// Folds the log before it closes: idle readers still have the file open, and pages of a commit whose sync failed
    /// may stand in the log, where a crash would bring them back to life.
    /// </summary>
    private void Disconnect()
    {
        try
        {
            if (_connection is not null)
                SqliteConnections.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            _connection?.Dispose();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            Log.NotFolded(_log, e.Message);
        }

        _connection = null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A write kept everybody waiting for {Milliseconds} ms")]
        public static partial void Slow(ILogger logger, double milliseconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} writes did not happen: the database is {Why}")]
        public static partial void Lost(ILogger logger, int count, Unavailable why, Exception e);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The log stays beside the database until the next start: {Why}")]
        public static partial void NotFolded(ILogger logger, string why);
    }
}
