using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>A write that waits for its turn, and the answer its caller waits for.</summary>
internal abstract class QueuedWrite
{
    private const int Waiting = 0, Taken = 1, GivenUp = 2;

    /// <summary>The caller's language and activity: a verb must not notice that it runs on another thread.</summary>
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private int _state;
    private Write? _write;
    private Exception? _failure;

    /// <summary>The writer's turn for it. False when its caller gave up before; from now on they cannot.</summary>
    internal virtual bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Does the work; what it threw, and its savepoint has to be undone, or null.</summary>
    internal Exception? Run(
        SqliteConnection connection,
        SqliteTransaction transaction,
        DateTimeOffset now,
        Func<DbConnection, DbTransaction, DressoraDb> open)
    {
        _write = new Write(connection, transaction, now, () => open(connection, transaction));
        try
        {
            if (_context is null)
                Work(_write);
            else
                ExecutionContext.Run(_context, static self => ((QueuedWrite)self!).Work(((QueuedWrite)self)._write!), this);
        }
        catch (Exception e)
        {
            _failure = e;
        }

        return _failure;
    }

    /// <summary>
    /// The commit is on disk. What failed is told only now as well: it may have failed for something that another write
    /// of the same commit did.
    /// </summary>
    internal void Committed(ILogger log)
    {
        if (_failure is not null)
        {
            Refuse(SqliteFaults.Translate(_failure));
            return;
        }

        _write!.Committed(log);
        Answer();
    }

    /// <summary>The commit failed: nothing of this write remains, whatever it was about to answer.</summary>
    internal abstract void Refuse(Exception e);

    protected bool TryGiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting;

    protected abstract void Work(Write write);

    protected abstract void Answer();
}

internal sealed class QueuedWrite<T> : QueuedWrite
{
    private readonly Func<Write, Task<T>> _work;
    private readonly CancellationTokenRegistration _givesUp;
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    internal QueuedWrite(Func<Write, Task<T>> work, CancellationToken cancel)
    {
        _work = work;
        _givesUp = cancel.UnsafeRegister(static (self, token) => ((QueuedWrite<T>)self!).GiveUp(token), this);
    }

    internal Task<T> Answered => _answer.Task;

    internal override bool TryTake()
    {
        _givesUp.Unregister();
        return base.TryTake();
    }

    internal override void Refuse(Exception e) => _answer.TrySetException(e);

    protected override void Work(Write write) => _result = _work(write).GetAwaiter().GetResult();

    protected override void Answer() => _answer.TrySetResult(_result);

    private void GiveUp(CancellationToken cancel)
    {
        if (TryGiveUp())
            _answer.TrySetCanceled(cancel);
    }
}
