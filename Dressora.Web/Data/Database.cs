using System.Data.Common;

namespace Dressora.Web.Data;

/// <summary>The only way to write.</summary>
public sealed class Database(IWriter writer, DressoraDbFactory contexts, Func<DbConnection> read)
{
    private static readonly AsyncLocal<bool> Inside = new();

    /// <summary>
    /// Runs the work in one transaction. It may touch nothing but its <see cref="Write"/>: no network, no clock, no
    /// second WriteAsync. Throws <see cref="DatabaseUnavailableException"/> when the write could not be made.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel = default)
    {
        if (Inside.Value)
            throw new InvalidOperationException("A write is open already: pass it to the verb instead of opening another.");
        return writer.WriteAsync(write => MarkedAsync(write, work), cancel);
    }

    public Task WriteAsync(Func<Write, Task> work, CancellationToken cancel = default) => WriteAsync(
        async write =>
        {
            await work(write);
            return true;
        },
        cancel);

    public Task<T> WriteAsync<T>(Func<Write, T> work, CancellationToken cancel = default) =>
        WriteAsync(write => Task.FromResult(work(write)), cancel);

    /// <summary>
    /// Whether a query finds a row, asked without a context: for loops that look all day at a house where nothing happens,
    /// and should not keep thirty megabytes of query machinery awake for it.
    /// </summary>
    public async Task<bool> AnyAsync(FormattableString sql, CancellationToken cancel = default)
    {
        await using var connection = read();
        await connection.OpenAsync(cancel);
        await using var command = PlainSql.Of(connection, sql);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <summary>A context that reads on a read-only connection and cannot save.</summary>
    public DressoraDb OpenReader() => contexts.Reader();

    /// <summary>For ASP.NET Identity's store, which tracks and saves by itself: its saves take their turn as writes.</summary>
    public DressoraDb OpenForIdentity() => contexts.Borrowing(this);

    private static async Task<T> MarkedAsync<T>(Write write, Func<Write, Task<T>> work)
    {
        Inside.Value = true;
        try
        {
            var result = await work(write);
            await write.SavePendingAsync();
            return result;
        }
        finally
        {
            Inside.Value = false;
            write.Close();
        }
    }
}
