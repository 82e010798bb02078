using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>SQLite's schema: changed on the writer's kind of connection, after a copy of the whole file.</summary>
internal sealed class SqliteSchema(SqliteConnections connections, DataFolder folder, TimeProvider clock) : ISchema
{
    private const int SnapshotsKept = 5;
    private const string Half = ".half";

    private SqliteConnection _connection = null!;

    public string Engine => "Sqlite";

    public Task OpenAsync(CancellationToken cancel)
    {
        _connection = connections.OpenWriter();
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<AppliedMigration>> AppliedAsync(CancellationToken cancel)
    {
        await using var exists = Command("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_versions'");
        if ((long)(await exists.ExecuteScalarAsync(cancel))! == 0)
            return [];
        await using var command = Command("SELECT number, name, sha256 FROM schema_versions ORDER BY number");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var applied = new List<AppliedMigration>();
        while (await rows.ReadAsync(cancel))
            applied.Add(new(rows.GetInt32(0), rows.GetString(1), rows.GetString(2)));
        return applied;
    }

    /// <summary>Written beside its name and renamed when whole, so that a snapshot with its name is a good one.</summary>
    public async Task SnapshotAsync(int from, int to, CancellationToken cancel)
    {
        if (IsUnderWay(from, to))
            return;
        var stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var target = Path.Combine(folder.Snapshots, $"before-{from + 1:D4}-to-{to:D4}-{stamp}.db");
        var half = target + Half;
        foreach (var left in Directory.GetFiles(folder.Snapshots, "*" + Half))
            File.Delete(left);
        await using var command = Command("VACUUM INTO $file");
        command.Parameters.AddWithValue("$file", half);
        await command.ExecuteNonQueryAsync(cancel);
        using (var file = File.OpenHandle(half, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.Move(half, target, overwrite: true);
        foreach (var old in Directory.GetFiles(folder.Snapshots, "before-*.db").OrderDescending().Skip(SnapshotsKept))
            File.Delete(old);
    }

    /// <summary>
    /// A start that breaks at every attempt must not push the copy from before the upgrade out by copies of its middle.
    /// </summary>
    private bool IsUnderWay(int from, int to) => Directory.GetFiles(folder.Snapshots, $"before-*-to-{to:D4}-*.db")
        .Any(file => string.CompareOrdinal(Path.GetFileName(file), $"before-{from + 1:D4}-") < 0);

    public async Task ApplyAsync(Migration migration, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = _connection.BeginTransaction(deferred: false);
        SqliteConnections.Run(_connection, migration.Sql, transaction);
        await using var row = Command("INSERT INTO schema_versions VALUES ($number, $name, $sha256, $at)");
        row.Transaction = transaction;
        row.Parameters.AddWithValue("$number", migration.Number);
        row.Parameters.AddWithValue("$name", migration.Name);
        row.Parameters.AddWithValue("$sha256", migration.Sha256);
        row.Parameters.AddWithValue("$at", InstantConverter.ToMicroseconds(now));
        await row.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
