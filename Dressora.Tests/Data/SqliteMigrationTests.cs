using Dressora.Tests.Harness;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Dressora.Tests.Data;

public sealed class SqliteMigrationTests() : Migrations(Engine.Sqlite)
{
    [Fact]
    public async Task Before_a_change_the_whole_file_is_copied()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First, Second);
        Assert.Empty(Snapshots(store));

        await MigrateAsync(store, First, Second, Third);

        var copy = Assert.Single(Snapshots(store));
        Assert.Equal("before-0003-to-0003-20310304-050607.db", Path.GetFileName(copy));
        using var connection = new SqliteConnection($"Data Source={copy};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Assert.Equal("ok", Ask(connection, "PRAGMA integrity_check"));
        Assert.Equal("2", Ask(connection, "SELECT max(number) FROM schema_versions"));
        Assert.Equal("blue", Ask(connection, "SELECT colour FROM shirts"));
    }

    [Fact]
    public async Task A_start_that_changes_nothing_copies_nothing()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First);
        await MigrateAsync(store, First);

        Assert.Empty(Snapshots(store));
    }

    [Fact]
    public async Task The_newest_five_copies_are_kept()
    {
        await using var store = await OpenEmptyAsync();
        var files = new List<Web.Data.Migration> { First };
        await MigrateAsync(store, First);
        for (var number = 2; number <= 8; number++)
        {
            files.Add(new(number, "more", "INSERT INTO shirts VALUES ('blue');"));
            store.Clock.Advance(TimeSpan.FromDays(1));
            await MigrateAsync(store, [.. files]);
        }

        Assert.Equal(
            ["before-0004", "before-0005", "before-0006", "before-0007", "before-0008"],
            Snapshots(store).Select(file => Path.GetFileName(file)[..11]));
    }

    [Fact]
    public async Task An_upgrade_that_goes_on_keeps_the_copy_from_before_it_began()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First);
        var failing = new Web.Data.Migration(3, "failing", "INSERT INTO nothing VALUES (1);");

        for (var attempt = 0; attempt < 8; attempt++)
        {
            store.Clock.Advance(TimeSpan.FromMinutes(1));
            await Assert.ThrowsAnyAsync<Exception>(() => MigrateAsync(store, First, Second, failing));
        }

        Assert.StartsWith("before-0002-to-0003-", Path.GetFileName(Assert.Single(Snapshots(store))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_start_left_half_copied_is_cleared_away()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First);
        var left = Path.Combine(store.Folder.Snapshots, "before-0002-20300101-000000.db.half");
        await File.WriteAllTextAsync(left, "half a copy");

        await MigrateAsync(store, First, Second);

        Assert.False(File.Exists(left));
        Assert.Single(Snapshots(store));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_stops_the_change()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First);
        Directory.Delete(store.Folder.Snapshots);
        await File.WriteAllTextAsync(store.Folder.Snapshots, "not a folder");

        await Assert.ThrowsAnyAsync<Exception>(() => MigrateAsync(store, First, Second));

        Assert.Equal("1 first", await VersionsAsync(store));
    }

    private static string[] Snapshots(Store store) =>
        [.. Directory.GetFiles(store.Folder.Snapshots, "*.db").Order(StringComparer.Ordinal)];

    private static string? Ask(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar()?.ToString();
    }
}
