using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data;

/// <summary>
/// Hand-written SQL on a write's transaction, for paths that must be exact and quick. The text is the same for both
/// engines; on SQLite's one writing connection each is prepared once and kept.
/// </summary>
public static class Statements
{
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Prepared = [];

    public static Task<int> ExecuteAsync(this Write write, string sql, params (string Name, object? Value)[] parameters) =>
        Command(write, sql, parameters).ExecuteNonQueryAsync();

    /// <summary>The first column of the first row, as a number; null when there is no row or no value.</summary>
    public static async Task<long?> NumberAsync(this Write write, string sql, params (string Name, object? Value)[] parameters) =>
        await Command(write, sql, parameters).ExecuteScalarAsync() is { } value and not DBNull
            ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    public static Task<List<T>> RowsAsync<T>(
        this Write write, string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters) =>
        RowsAsync(Command(write, sql, parameters), read);

    public static async Task<T?> RowAsync<T>(
        this Write write, string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
        where T : class => (await write.RowsAsync(sql, read, parameters)).SingleOrDefault();

    private static async Task<List<T>> RowsAsync<T>(DbCommand command, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private static DbCommand Command(Write write, string sql, (string Name, object? Value)[] parameters)
    {
        write.BeforeStatement?.Invoke();
        var command = write.Connection is SqliteConnection ? Kept(write.Connection, sql) : Fresh(write.Connection, sql);
        command.Transaction = write.Transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i == command.Parameters.Count)
            {
                command.Parameters.Add(command.CreateParameter());
                command.Parameters[i].ParameterName = parameters[i].Name;
            }

            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }

    private static DbCommand Kept(DbConnection connection, string sql)
    {
        var statements = Prepared.GetOrCreateValue(connection);
        if (!statements.TryGetValue(sql, out var command))
            statements[sql] = command = Fresh(connection, sql);
        return command;
    }

    private static DbCommand Fresh(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
