using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Xunit;

namespace Dressora.Tests.Data;

/// <summary>How a schema is brought up to date, on whichever engine.</summary>
public abstract class Migrations(Engine engine)
{
    private protected static readonly Migration First = new(1, "first",
        "CREATE TABLE schema_versions (number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at bigint NOT NULL);"
        + "CREATE TABLE shirts (colour text NOT NULL);");

    private protected static readonly Migration Second = new(2, "second", "INSERT INTO shirts VALUES ('blue');");
    private protected static readonly Migration Third = new(3, "third", "CREATE TABLE hats (size integer);");
    private protected static readonly Migration Broken = new(2, "second", "INSERT INTO shirts VALUES ('red'); INSERT INTO nothing VALUES (1);");

    private protected Task<Store> OpenEmptyAsync() => Store.OpenAsync(engine, migrated: false);

    private protected static Task<int> MigrateAsync(Store store, params Migration[] files) =>
        store.Migrator.MigrateAsync(_ => files);

    [Fact]
    public async Task A_new_database_gets_every_file_and_the_next_start_none()
    {
        await using var store = await OpenEmptyAsync();

        Assert.Equal(Migration.Of(engine.ToString()).Count, await store.Migrator.MigrateAsync());
        Assert.Equal(0, await store.Migrator.MigrateAsync());
        await store.WriteAsync("one");
        Assert.Equal(["one"], await store.LettersAsync());
    }

    [Fact]
    public async Task An_older_database_gets_only_what_is_new()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First);

        Assert.Equal(2, await MigrateAsync(store, First, Second, Third));
        Assert.Equal("1", await AskAsync(store, "SELECT count(*) FROM shirts"));
        Assert.Equal("1 first, 2 second, 3 third", await VersionsAsync(store));
    }

    [Fact]
    public async Task A_file_that_breaks_half_way_leaves_nothing_and_the_next_start_goes_on_from_there()
    {
        await using var store = await OpenEmptyAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => MigrateAsync(store, First, Broken, Third));

        Assert.Equal("1 first", await VersionsAsync(store));
        Assert.Equal("0", await AskAsync(store, "SELECT count(*) FROM shirts"));
        Assert.Equal(2, await MigrateAsync(store, First, Second, Third));
        Assert.Equal("1 first, 2 second, 3 third", await VersionsAsync(store));
    }

    [Fact]
    public async Task A_file_that_was_edited_after_it_ran_is_refused()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First, Second);

        var refused = await Assert.ThrowsAsync<SchemaFaultException>(() => MigrateAsync(store, First, Second with { Sql = "-- other" }, Third));

        Assert.Contains("0002_second", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1 first, 2 second", await VersionsAsync(store));
    }

    [Fact]
    public async Task A_database_from_a_newer_program_is_refused()
    {
        await using var store = await OpenEmptyAsync();
        await MigrateAsync(store, First, Second, Third);

        var refused = await Assert.ThrowsAsync<SchemaFaultException>(() => MigrateAsync(store, First, Second));

        Assert.Contains("at version 3, this program knows only 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_known_by_its_content_whatever_ends_its_lines()
    {
        await using var store = await OpenEmptyAsync();
        var file = Migration.Of(engine.ToString())[0];

        await store.Migrator.MigrateAsync();

        Assert.DoesNotContain("\r", file.Sql, StringComparison.Ordinal);
        Assert.Equal(file.Sha256, await AskAsync(store, "SELECT sha256 FROM schema_versions WHERE number = 1"));
    }

    private protected static Task<string> VersionsAsync(Store store) =>
        AskAsync(store, "SELECT string_agg(number || ' ' || name, ', ' ORDER BY number) FROM schema_versions");

    private protected static async Task<string> AskAsync(Store store, string sql)
    {
        await using var reader = store.Database.OpenReader();
        var connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(reader.Database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = connection is Microsoft.Data.Sqlite.SqliteConnection
            ? sql.Replace("string_agg", "group_concat", StringComparison.Ordinal).Replace(" ORDER BY number", "", StringComparison.Ordinal)
            : sql;
        return $"{await command.ExecuteScalarAsync()}";
    }
}
