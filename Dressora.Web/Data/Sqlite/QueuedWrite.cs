using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>A write that waits for its turn, and the answer its caller waits for.</summary>
internal abstract class QueuedWrite
{
    private Write? _write;

    /// <summary>True, once, when the caller gave up before its turn came.</summary>
    internal abstract bool Dropped { get; }

    /// <summary>Does the work; false when it threw, and its savepoint has to be undone.</summary>
    internal bool Run(
        SqliteConnection connection,
        SqliteTransaction transaction,
        DateTimeOffset now,
        Func<DbConnection, DbTransaction, DressoraDb> open)
    {
        _write = new Write(connection, transaction, now, () => open(connection, transaction));
        try
        {
            Work(_write);
            return true;
        }
        catch (Exception e) when (!SqliteFaults.EndsTheTransaction(e))
        {
            _write = null;
            Failed(SqliteFaults.Translate(e));
            return false;
        }
    }

    internal void Committed()
    {
        if (_write is null)
            return;
        Answered();
        _write.Committed();
    }

    internal abstract void Failed(Exception e);

    protected abstract void Work(Write write);

    protected abstract void Answered();
}

internal sealed class QueuedWrite<T> : QueuedWrite
{
    private readonly Func<Write, Task<T>> _work;
    private readonly CancellationToken _cancel;
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    internal QueuedWrite(Func<Write, Task<T>> work, CancellationToken cancel)
    {
        _work = work;
        _cancel = cancel;
    }

    internal Task<T> Answer => _answer.Task;

    internal override bool Dropped
    {
        get
        {
            if (_cancel.IsCancellationRequested)
                _answer.TrySetCanceled(_cancel);
            return _cancel.IsCancellationRequested;
        }
    }

    internal override void Failed(Exception e) => _answer.TrySetException(e);

    protected override void Work(Write write) => _result = _work(write).GetAwaiter().GetResult();

    protected override void Answered() => _answer.TrySetResult(_result);
}
