using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>
/// One thread, one connection, first come first served. Two SQLite connections that write at once wait for each other
/// in sleeps of 150 ms; one never waits. Whatever stands in the queue when a commit begins shares its disk sync.
/// </summary>
public sealed partial class SqliteWriter : IWriter
{
    private readonly Channel<QueuedWrite> _queue;
    private readonly SqliteCommits _commits;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public SqliteWriter(
        Func<SqliteConnection> connect,
        Func<DbConnection, DbTransaction, DressoraDb> open,
        TimeProvider clock,
        int waitingMax,
        ILogger<SqliteWriter> log)
    {
        _log = log;
        _commits = new SqliteCommits(connect, open, clock, log);
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
        _commits.Disconnect();
    }

    private void WriteUntilStopped()
    {
        var batch = new List<QueuedWrite>(SqliteCommits.BatchMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            try
            {
                _commits.Make(_queue.Reader, batch);
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
        _commits.Disconnect();
        foreach (var write in batch)
            write.Refuse(answer);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} writes did not happen: the database is {Why}")]
        public static partial void Lost(ILogger logger, int count, Unavailable why, Exception e);
    }
}
