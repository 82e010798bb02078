using System.Data;
using System.Data.Common;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>Each write is a transaction of its own, as many at once as there are connections for them.</summary>
public sealed class PostgresWriter(
    NpgsqlDataSource source,
    Func<DbConnection, DbTransaction, DressoraDb> open,
    TimeProvider clock,
    int waitingMax) : IWriter
{
    /// <summary>Fewer than the pool holds, so that reads always find a connection.</summary>
    private const int WritersMax = 32;

    private readonly SemaphoreSlim _turns = new(WritersMax);
    private int _waiting;

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

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < WritersMax; i++)
            await _turns.WaitAsync();
        _turns.Dispose();
    }

    private async Task TakeTurnAsync(CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waiting) > waitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw new DatabaseUnavailableException(Unavailable.Busy);
        }

        try
        {
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
        await transaction.CommitAsync(CancellationToken.None);
        write.Committed();
        return result;
    }

    /// <summary>Ends with the transaction, after its changes can be seen. Works for what has no row yet, too.</summary>
    private static async Task HoldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string name)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction);
        command.Parameters.AddWithValue(name);
        await command.ExecuteNonQueryAsync();
    }
}
