using Dressora.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dressora.Tests.Ledger;

/// <summary>The stored books, as somebody sees them who has the database in hand and not the program.</summary>
internal static class Books
{
    /// <summary>Takes the guards of history away, and does what they would not have let through.</summary>
    internal static async Task ChangeAsync(Site site, string sql)
    {
        if (site.Services.GetRequiredService<IConfiguration>()["Database:ConnectionString"] is { Length: > 0 } postgres)
        {
            await using var server = new NpgsqlConnection(postgres);
            await server.OpenAsync();
            await using var all = new NpgsqlCommand($"ALTER TABLE credit_entries DISABLE TRIGGER ALL; {sql}", server);
            await all.ExecuteNonQueryAsync();
            return;
        }

        await using var file = new SqliteConnection($"Data Source={site.Folder.Database};Pooling=False");
        await file.OpenAsync();
        const string Unguard = "DROP TRIGGER IF EXISTS credit_entries_keep; DROP TRIGGER IF EXISTS credit_entries_stay;";
        await using var command = new SqliteCommand($"PRAGMA foreign_keys = OFF; {Unguard} {sql}", file);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Changes one byte of the database's file, where a text stands. Another program does it: this one would lose its locks
    /// on the file by closing it.
    /// </summary>
    internal static async Task FlipAsync(Site site, string text)
    {
        await using (var file = new SqliteConnection($"Data Source={site.Folder.Database};Pooling=False"))
        {
            await file.OpenAsync();
            await using var fold = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", file);
            await fold.ExecuteNonQueryAsync();
        }

        SqliteConnection.ClearAllPools();
        await using var flip = Child.Start("bash", site.Folder.Root, new Dictionary<string, string>(), "-ec",
            "at=$(grep -abo \"$1\" \"$2\" | cut -d: -f1); printf '#' | dd of=\"$2\" bs=1 seek=\"$at\" conv=notrunc", "flip", text, site.Folder.Database);
        if (await flip.EndAsync() != 0)
            throw new InvalidOperationException($"{flip}");
    }
}
