using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data;

/// <summary>
/// Small reads that every request makes: on connections that stay open with their statements prepared, without a context.
/// The text is the same for both engines; PostgreSQL's driver keeps its own connections.
/// </summary>
public sealed class Glances(Func<DbConnection> open) : IDisposable
{
    private const int IdleMax = 8;

    private readonly ConcurrentBag<Line> _idle = [];

    public async Task<IReadOnlyList<T>> RowsAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        var line = _idle.TryTake(out var idle) ? idle : new Line(open());
        try
        {
            var rows = await line.RowsAsync(sql, read, parameters, cancel);
            if (line.Stays && _idle.Count < IdleMax)
            {
                _idle.Add(line);
                line = null;
            }

            return rows;
        }
        finally
        {
            // Also after any fault: what is wrong with a connection does not come back with it.
            line?.Dispose();
        }
    }

    public async Task<T?> RowAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancel, params (string Name, object? Value)[] parameters)
        where T : class => await RowsAsync(sql, read, cancel, parameters) is [var row, ..] ? row : null;

    /// <summary>The first column of the one row, as a number.</summary>
    public async Task<long> NumberAsync(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters) =>
        (await RowsAsync(sql, row => row.IsDBNull(0) ? 0 : row.GetInt64(0), cancel, parameters)).Single();

    public void Dispose()
    {
        while (_idle.TryTake(out var line))
            line.Dispose();
    }

    private sealed class Line(DbConnection connection) : IDisposable
    {
        private readonly Dictionary<string, DbCommand> _prepared = [];

        internal bool Stays => connection is SqliteConnection;

        internal async Task<IReadOnlyList<T>> RowsAsync<T>(
            string sql, Func<DbDataReader, T> read, (string Name, object? Value)[] parameters, CancellationToken cancel)
        {
            if (connection.State != System.Data.ConnectionState.Open)
                await connection.OpenAsync(cancel);
            var command = CommandOf(sql, parameters);
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                rows.Add(read(reader));
            return rows;
        }

        public void Dispose()
        {
            foreach (var command in _prepared.Values)
                command.Dispose();
            connection.Dispose();
        }

        [SuppressMessage("Security", "CA2100", Justification = "Texts are constants of ours; what varies is in the parameters.")]
        private DbCommand CommandOf(string sql, (string Name, object? Value)[] parameters)
        {
            if (!_prepared.TryGetValue(sql, out var command))
            {
                _prepared[sql] = command = connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, _) in parameters)
                {
                    var made = command.CreateParameter();
                    made.ParameterName = name;
                    command.Parameters.Add(made);
                }
            }

            for (var i = 0; i < parameters.Length; i++)
                command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
            return command;
        }
    }
}
