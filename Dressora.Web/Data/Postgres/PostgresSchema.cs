using System.Data;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>
/// PostgreSQL's schema: nodes that start together take turns at an advisory lock, which ends with its connection.
/// Copies before an upgrade are the owner's pg_dump.
/// </summary>
internal sealed class PostgresSchema(NpgsqlDataSource source) : ISchema
{
    private const long LockNumber = 0x4472_6573_736f_7261;

    /// <summary>No limit: another node's migration, or this one, takes as long as it takes.</summary>
    private const int Patient = 0;

    private NpgsqlConnection _connection = null!;

    public string Engine => "Postgres";

    public async Task OpenAsync(CancellationToken cancel)
    {
        _connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", _connection) { CommandTimeout = Patient };
        command.Parameters.AddWithValue(LockNumber);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_versions') IS NOT NULL", _connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancel))!)
            return [];
        await using var command = new NpgsqlCommand(
            "SELECT number, name, sha256 FROM schema_versions ORDER BY number", _connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var applied = new List<AppliedMigration>();
        while (await rows.ReadAsync(cancel))
            applied.Add(new(rows.GetInt32(0), rows.GetString(1), rows.GetString(2)));
        return applied;
    }

    public Task SnapshotAsync(int from, int to, CancellationToken cancel) => Task.CompletedTask;

    public async Task ApplyAsync(Migration migration, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancel);
        await using var script = new NpgsqlCommand(migration.Sql, _connection, transaction) { CommandTimeout = Patient };
        await script.ExecuteNonQueryAsync(cancel);
        await using var row = new NpgsqlCommand(
            "INSERT INTO schema_versions VALUES ($1, $2, $3, $4)", _connection, transaction);
        row.Parameters.AddWithValue(migration.Number);
        row.Parameters.AddWithValue(migration.Name);
        row.Parameters.AddWithValue(migration.Sha256);
        row.Parameters.AddWithValue(InstantConverter.ToMicroseconds(now));
        await row.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        if (_connection.State == ConnectionState.Open)
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", _connection);
            command.Parameters.AddWithValue(LockNumber);
            await command.ExecuteNonQueryAsync();
        }

        await _connection.DisposeAsync();
    }
}
