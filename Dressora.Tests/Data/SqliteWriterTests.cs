using System.Data.Common;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Data;

public sealed class SqliteWriterTests() : Writes(Engine.Sqlite)
{
    [Fact]
    public async Task Writes_are_made_in_the_order_they_came()
    {
        await using var store = await OpenAsync();
        List<Task> waiting = [];
        await using (await store.TakeTurnAsync())
        {
            for (var i = 0; i < 300; i++)
                waiting.Add(store.WriteAsync($"{i}"));
        }

        await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), await store.LettersAsync());
    }

    [Fact]
    public async Task Writes_that_waited_share_a_commit_and_one_that_fails_takes_nobody_with_it()
    {
        await using var store = await OpenAsync();
        List<DbTransaction> transactions = [];
        List<Task<bool>> waiting = [];
        await using (await store.TakeTurnAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                var letter = $"{i}";
                waiting.Add(store.Database.WriteAsync(async write =>
                {
                    transactions.Add(write.Transaction);
                    write.Audit(1, letter, "test");
                    await write.SaveAsync();
                    return letter == "2" ? throw new FormatException() : true;
                }));
            }
        }

        await Assert.ThrowsAsync<FormatException>(() => waiting[2]);
        await Task.WhenAll(waiting.Where((_, i) => i != 2));
        Assert.Single(transactions.Distinct());
        Assert.Equal(["0", "1", "3", "4"], await store.LettersAsync());
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_commit_that_all_share()
    {
        await using var store = await OpenAsync();
        Task first = Task.CompletedTask, second = Task.CompletedTask;
        var answeredEarly = true;
        await using (await store.TakeTurnAsync())
        {
            first = store.WriteAsync("first");
            second = store.Database.WriteAsync(_ => answeredEarly = first.IsCompleted);
        }

        await Task.WhenAll(first, second);
        Assert.False(answeredEarly);
    }

    [Fact]
    public async Task A_disk_that_fills_up_fails_everybody_in_the_commit_and_the_next_write_works()
    {
        await using var store = await OpenAsync();
        Task before, filling, behind;
        await using (await store.TakeTurnAsync())
        {
            before = store.WriteAsync("before");
            filling = FillAsync(store, swallow: false);
            behind = store.WriteAsync("behind");
        }

        Assert.Equal(Unavailable.CannotWrite, (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => before)).Why);
        Assert.Equal(Unavailable.CannotWrite, (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => filling)).Why);
        await behind;
        Assert.Equal(["behind"], await store.LettersAsync());
    }

    [SmallDiskFact]
    public async Task A_disk_without_a_byte_left_loses_nothing_that_was_acknowledged_and_writes_again_when_there_is_room()
    {
        using var disk = SmallDisk.TryMake()!;
        await using var store = await Store.OpenAsync(at: Path.Combine(disk.Folder, "data"));
        await store.WriteAsync("before");
        disk.Fill();

        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            try
            {
                await store.WriteAsync($"full {i}");
            }
            catch (DatabaseUnavailableException e)
            {
                Assert.Equal(Unavailable.CannotWrite, e.Why);
                refused++;
            }
        }

        Assert.True(refused > 0);
        Assert.Equal(401 - refused, (await store.LettersAsync()).Length);
        disk.MakeRoom();
        await store.WriteAsync("after");
        await store.CloseAsync();
        using var stranger = store.OpenStranger();
        using var count = new SqliteCommand("SELECT count(*) FROM audit_entries", stranger);
        Assert.Equal(402L - refused, count.ExecuteScalar());
    }

    [Fact]
    public async Task A_verb_that_hides_a_full_disk_is_found_out()
    {
        await using var store = await OpenAsync();
        Task before, hiding;
        await using (await store.TakeTurnAsync())
        {
            before = store.WriteAsync("before");
            hiding = FillAsync(store, swallow: true);
        }

        Assert.Equal(Unavailable.CannotWrite, (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => before)).Why);
        Assert.Equal(Unavailable.CannotWrite, (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => hiding)).Why);
        await store.WriteAsync("after");
        Assert.Equal(["after"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_commit_that_fails_answers_everybody_in_it_and_the_next_write_works()
    {
        await using var store = await OpenAsync();
        Task[] waiting;
        await using (await store.TakeTurnAsync())
        {
            waiting =
            [
                store.WriteAsync("one"),
                store.Database.WriteAsync(async write =>
                {
                    // A foreign key that is looked at only by the commit.
                    await write.Db.Database.ExecuteSqlAsync($"PRAGMA defer_foreign_keys = ON");
                    await write.Db.Database.ExecuteSqlAsync($"INSERT INTO recovery_codes (user_id, hash) VALUES (404, 'x')");
                }),
                store.WriteAsync("two"),
            ];
        }

        foreach (var write in waiting)
            await Assert.ThrowsAnyAsync<Exception>(() => write);
        await store.WriteAsync("after");
        Assert.Equal(["after"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_database_that_somebody_else_holds_answers_busy_to_all_who_wait_and_then_recovers()
    {
        await using var store = await OpenAsync();
        using (var stranger = store.OpenStranger())
        using (var held = stranger.BeginTransaction(deferred: false))
        {
            var waiting = Enumerable.Range(0, 20).Select(i => store.WriteAsync($"{i}")).ToList();
            foreach (var write in waiting)
                Assert.Equal(Unavailable.Busy, (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => write)).Why);
            Assert.Empty(await store.LettersAsync());
        }

        await store.WriteAsync("after");
        Assert.Equal(["after"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_folder_that_vanished_answers_and_the_writer_lives_on()
    {
        await using var store = await OpenAsync();
        var away = store.Folder.Root + "-away";
        Directory.Move(store.Folder.Root, away);

        var gone = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.WriteAsync("lost"));

        Assert.Equal(Unavailable.CannotWrite, gone.Why);
        Directory.Move(away, store.Folder.Root);
        await store.WriteAsync("back");
        Assert.Equal(["back"], await store.LettersAsync());
    }

    [Fact]
    public async Task Every_commit_is_synced_and_keys_are_enforced()
    {
        await using var store = await OpenAsync();

        var settings = await store.Database.WriteAsync(write => new[] { "journal_mode", "synchronous", "foreign_keys" }
            .Select(name => Ask(write, $"PRAGMA {name}")!).ToArray());

        Assert.Equal(["wal", "2", "1"], settings);
    }

    [Fact]
    public async Task A_stopped_writer_leaves_one_file_with_everything_in_it()
    {
        await using var store = await OpenAsync();
        await store.WriteAsync("one");
        await store.LettersAsync();

        await store.CloseAsync();

        Assert.True(new FileInfo(store.Folder.Database + "-wal") is { Exists: false } or { Length: 0 });
    }

    /// <summary>Writes until SQLite says that the disk is full; the next connection has room again.</summary>
    private static Task FillAsync(Store store, bool swallow) => store.Database.WriteAsync(write =>
    {
        var pages = Ask(write, "PRAGMA page_count");
        Ask(write, $"PRAGMA max_page_count = {pages}");
        try
        {
            Ask(write, "INSERT INTO mails (recipient, subject, body, state, attempts, last_error, created_at, due_at) "
                + "VALUES ('', '', hex(zeroblob(1000000)), 'Waiting', 0, '', 0, 0)");
        }
        catch (SqliteException) when (swallow)
        {
        }

        return Task.CompletedTask;
    });

    private static string? Ask(Write write, string sql)
    {
        using var command = write.Connection.CreateCommand();
        command.Transaction = write.Transaction;
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
