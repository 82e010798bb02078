using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Data;

[Trait("needs", "postgres")]
public sealed class PostgresWriterTests() : Writes(Engine.Postgres)
{
    [Fact]
    public async Task Two_writes_that_wait_for_each_other_end_with_one_busy()
    {
        await using var store = await OpenAsync();
        var people = new[] { await store.AddPersonAsync("a@example.org"), await store.AddPersonAsync("b@example.org") };
        using var both = new Barrier(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(async () =>
        {
            try
            {
                await store.Database.WriteAsync(async write =>
                {
                    await TouchAsync(write, people[i].Id);
                    both.SignalAndWait();
                    await TouchAsync(write, people[1 - i].Id);
                });
                return (Unavailable?)null;
            }
            catch (DatabaseUnavailableException e)
            {
                return e.Why;
            }
        })));

        Assert.Equal([Unavailable.Busy], answers.OfType<Unavailable>());
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_offline_and_the_next_write_finds_it_again()
    {
        await using var store = await OpenAsync();

        var offline = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.Database.WriteAsync(async write =>
        {
            write.Audit(1, "lost", "test");
            await write.SaveAsync();
            await store.Postgres.RunOnServerAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = '{store.Postgres.Name}'");
        }));

        Assert.Equal(Unavailable.Offline, offline.Why);
        await store.WriteAsync("after");
        Assert.Equal(["after"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_server_that_only_reads_cannot_write()
    {
        await using var store = await OpenAsync();

        var readOnly = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.Database.WriteAsync(async write =>
        {
            await write.Db.Database.ExecuteSqlAsync($"SET TRANSACTION READ ONLY");
            write.Audit(1, "lost", "test");
        }));

        Assert.Equal(Unavailable.CannotWrite, readOnly.Why);
    }

    [Fact]
    public async Task A_verb_that_hides_a_failed_statement_is_never_told_that_it_wrote()
    {
        await using var store = await OpenAsync();
        await store.AddPersonAsync("same@example.org");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => store.Database.WriteAsync(async write =>
        {
            write.Audit(1, "lost", "test");
            await write.SaveAsync();
            try
            {
                await write.Db.Database.ExecuteSqlAsync($"INSERT INTO spent_puzzles (hash) VALUES (NULL)");
            }
            catch (Npgsql.PostgresException)
            {
            }
        }));

        Assert.Empty(await store.LettersAsync());
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_commit_does_not_fail_what_was_written()
    {
        using var line = await CutLine.OpenAsync();
        await using var store = await Store.OpenAsync(Engine.Postgres, line: line.To);
        await store.WriteAsync("before");

        line.Next = Cut.AfterTheCommit;
        await store.WriteAsync("kept");

        Assert.Equal(Cut.Never, line.Next);
        Assert.Equal(["before", "kept"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_commit_is_offline()
    {
        using var line = await CutLine.OpenAsync();
        await using var store = await Store.OpenAsync(Engine.Postgres, line: line.To);
        await store.WriteAsync("before");

        line.Next = Cut.BeforeTheCommit;
        var offline = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.WriteAsync("lost"));

        Assert.Equal(Unavailable.Offline, offline.Why);
        await store.WriteAsync("after");
        Assert.Equal(["before", "after"], await store.LettersAsync());
    }

    private static Task TouchAsync(Write write, long id) =>
        write.Db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.SeenAt, write.Now));
}
