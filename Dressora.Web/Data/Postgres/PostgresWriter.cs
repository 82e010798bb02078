using System.Data;
using System.Data.Common;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>Each write is a transaction of its own, as many at once as there are connections for them.</summary>
public sealed class PostgresWriter(
    NpgsqlDataSource source,
    Func<DbConnection, DbTransaction, DressoraDb> open,
    TimeProvider clock,
    int waitingMax,
    ILogger<PostgresWriter> log) : IWriter
{
    /// <summary>Fewer than the pool holds, so that the schema and checks always find a connection.</summary>
    private const int WritersMax = 32;

    private readonly SemaphoreSlim _turns = new(WritersMax);
    private int _waiting;
    private volatile bool _stopping;
    private volatile bool _stopped;

    public async Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel)
    {
        await TakeTurnAsync(cancel);
        try
        {
            return await CommitAsync(work, cancel);
        }
        catch (Exception e) when (PostgresFaults.Of(e) is { } why)
        {
            throw new DatabaseUnavailableException(why, e);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Takes no more and finishes what waits: turns are given in the order they were asked for, these last.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        for (var i = 0; i < WritersMax; i++)
            await _turns.WaitAsync();
        _stopped = true;
        _turns.Release(WritersMax);
    }

    private async Task TakeTurnAsync(CancellationToken cancel)
    {
        if (_stopping)
            throw new DatabaseUnavailableException(Unavailable.Stopping);
        if (!_turns.Wait(0, cancel))
            await WaitForTurnAsync(cancel);
        if (!_stopped)
            return;
        _turns.Release();
        throw new DatabaseUnavailableException(Unavailable.Stopping);
    }

    private async Task WaitForTurnAsync(CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > waitingMax)
                throw new DatabaseUnavailableException(Unavailable.Busy);
            await _turns.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<T> CommitAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        var now = InstantConverter.Whole(clock.GetUtcNow());
        var write = new Write(
            connection, transaction, now, () => open(connection, transaction), name => HoldAsync(connection, transaction, name));
        var result = await work(write);
        var number = await NumberAsync(transaction);
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (number is not null && PostgresFaults.Of(e) == Unavailable.Offline)
        {
            if (!await WasCommittedAsync(number))
                throw;
        }

        write.Committed(log);
        return result;
    }

    /// <summary>Ends with the transaction, after its changes can be seen. Works for what has no row yet, too.</summary>
    private static async Task HoldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string name)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction);
        command.Parameters.AddWithValue(name);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// The transaction's number, by which a server can be asked later what became of it. Asking also finds out a verb
    /// that hid a failed statement: PostgreSQL would answer the commit with a silent rollback.
    /// </summary>
    private static async Task<string?> NumberAsync(NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_current_xact_id_if_assigned()::text", transaction.Connection, transaction);
        return await command.ExecuteScalarAsync(CancellationToken.None) as string;
    }

    /// <summary>The line broke while the server committed: only the server knows whether it did.</summary>
    private async Task<bool> WasCommittedAsync(string number)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("SELECT pg_xact_status($1::xid8)", connection);
        command.Parameters.AddWithValue(number);
        while (true)
        {
            if (await command.ExecuteScalarAsync(CancellationToken.None) is not "in progress" and var status)
                return status is "committed";
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
