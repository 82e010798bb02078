using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Dressora.Tests.House;

public sealed class SchemaTests
{
    [Fact]
    public async Task SQLite_is_what_the_model_says()
    {
        await using var site = await Site.StartAsync();
        await using var reader = site.Database.OpenReader();
        await reader.Database.OpenConnectionAsync();

        var database = SchemaOfSqlite.Read((SqliteConnection)reader.Database.GetDbConnection());

        Assert.Empty(Schema.Differences(SchemaOfModel.Read(reader), database));
    }

    [Fact]
    [Trait("needs", "postgres")]
    public async Task PostgreSQL_is_what_the_model_says()
    {
        await using var site = await Site.StartAsync(Engine.Postgres);
        await using var reader = site.Database.OpenReader();
        await reader.Database.OpenConnectionAsync();

        var database = await SchemaOfPostgres.ReadAsync((NpgsqlConnection)reader.Database.GetDbConnection());

        Assert.Empty(Schema.Differences(SchemaOfModel.Read(reader), database));
    }

    [Theory]
    [InlineData("totp_step INTEGER NOT NULL", "totp_step INTEGER NULL", "users.totp_step is integer, may be null")]
    [InlineData("totp_step INTEGER NOT NULL", "totp_step TEXT NOT NULL", "users.totp_step is text")]
    [InlineData("seen_at INTEGER NOT NULL,", "seen_at INTEGER NOT NULL, more TEXT NULL,", "users.more is text, may be null")]
    [InlineData("UNIQUE INDEX users_email_once", "INDEX users_email_once", "users has index users_email_once (normalized_email)")]
    [InlineData("ON users (deletion_due_at)", "ON users (suspended_at)", "users has index users_by_deletion (suspended_at)")]
    [InlineData(" REFERENCES users (id) ON DELETE CASCADE", " REFERENCES users (id)", "recovery_codes (user_id) refers to users (id), on delete NOACTION")]
    [InlineData("'Person', 'Admin', 'Owner'", "'Person', 'Admin'", "users.role is one of Admin, Person")]
    [InlineData("PRIMARY KEY (login_provider, provider_key)", "PRIMARY KEY (provider_key)", "user_logins has primary key (provider_key)")]
    public void A_planted_difference_is_found(string was, string becomes, string fact)
    {
        var migrations = string.Concat(Migration.Of("Sqlite").Select(migration => migration.Sql));
        Assert.Contains(was, migrations, StringComparison.Ordinal);
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using (var script = new SqliteCommand(migrations.Replace(was, becomes, StringComparison.Ordinal), connection))
            script.ExecuteNonQuery();

        using var reader = new DressoraDbFactory(builder => builder.UseSqlite("Data Source=:memory:")).Reader();
        var differences = Schema.Differences(SchemaOfModel.Read(reader), SchemaOfSqlite.Read(connection));

        Assert.Contains($"only the database says: {fact}", differences);
    }

    [Fact]
    public void Both_engines_have_the_same_files()
    {
        var sqlite = Migration.Of("Sqlite").Select(migration => (migration.Number, migration.Name)).ToList();

        Assert.Equal(sqlite, Migration.Of("Postgres").Select(migration => (migration.Number, migration.Name)));
        Assert.Equal(Enumerable.Range(1, sqlite.Count), sqlite.Select(migration => migration.Number));
    }
}
