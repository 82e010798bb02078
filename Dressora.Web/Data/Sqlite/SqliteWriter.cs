using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>
/// One thread, one connection, first come first served. Two SQLite connections that write at once wait for each other
/// in sleeps of 150 ms; one never waits. Whatever stands in the queue when a commit begins shares its disk sync, each
/// write in a savepoint of its own, so that one that fails takes nobody with it.
/// </summary>
public sealed class SqliteWriter : IWriter
{
    /// <summary>Writes that share a commit: enough to pay the sync once, few enough that the first hardly waits.</summary>
    private const int BatchMax = 64;

    private const string Savepoint = "w";

    private readonly Channel<QueuedWrite> _queue;
    private readonly Func<SqliteConnection> _connect;
    private readonly Func<DbConnection, DbTransaction, DressoraDb> _open;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;
    private SqliteConnection? _connection;
    private volatile bool _stopping;

    public SqliteWriter(
        Func<SqliteConnection> connect,
        Func<DbConnection, DbTransaction, DressoraDb> open,
        TimeProvider clock,
        int waitingMax)
    {
        _connect = connect;
        _open = open;
        _clock = clock;
        _queue = Channel.CreateBounded<QueuedWrite>(new BoundedChannelOptions(waitingMax) { SingleReader = true });
        _thread = new Thread(WriteUntilStopped) { Name = "sqlite-writer", IsBackground = true };
        _thread.Start();
    }

    public Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel)
    {
        var write = new QueuedWrite<T>(work, cancel);
        if (_queue.Writer.TryWrite(write))
            return write.Answer;
        var why = _stopping ? Unavailable.Stopping : Unavailable.Busy;
        return Task.FromException<T>(new DatabaseUnavailableException(why));
    }

    /// <summary>Takes no more, finishes what waits, folds the log into the file and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join);
        Fold();
        _connection?.Dispose();
    }

    /// <summary>Closing would not: idle readers of the pool still have the file open.</summary>
    private void Fold()
    {
        try
        {
            if (_connection is not null)
                SqliteConnections.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The disk is full or gone: the next start folds what is left.
        }
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
                CommitBatch(_connection, batch);
            }
            catch (Exception e)
            {
                Forget(e, batch);
            }
        }
    }

    private void CommitBatch(SqliteConnection connection, List<QueuedWrite> batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        while (batch.Count < BatchMax && _queue.Reader.TryRead(out var write))
        {
            if (write.Dropped)
                continue;
            batch.Add(write);
            transaction.Save(Savepoint);
            if (!write.Run(connection, transaction, InstantConverter.Whole(_clock.GetUtcNow()), _open))
                transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
        }

        transaction.Commit();
        foreach (var write in batch)
            write.Committed();
    }

    /// <summary>The commit failed, so nobody's write happened. A new connection is the one way to be sure of the next.</summary>
    private void Forget(Exception e, List<QueuedWrite> batch)
    {
        var answer = SqliteFaults.Translate(e);
        if (batch.Count == 0 && _queue.Reader.TryRead(out var first))
            batch.Add(first);
        foreach (var write in batch)
            write.Failed(answer);
        _connection?.Dispose();
        _connection = null;
    }
}
