using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Data;

/// <summary>What writing means, on whichever engine.</summary>
public abstract class Writes(Engine engine)
{
    private protected Task<Store> OpenAsync(int waitingMax = 4_096) => Store.OpenAsync(engine, waitingMax);

    [Fact]
    public async Task A_write_is_there_when_it_is_answered()
    {
        await using var store = await OpenAsync();

        await store.WriteAsync("one");

        Assert.Equal(["one"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_and_throws_to_its_caller()
    {
        await using var store = await OpenAsync();

        var thrown = await Assert.ThrowsAsync<FormatException>(() => store.Database.WriteAsync(async write =>
        {
            write.Audit(1, "lost", "test");
            await write.SaveAsync();
            throw new FormatException("mine");
        }));

        Assert.Equal("mine", thrown.Message);
        Assert.Empty(await store.LettersAsync());
    }

    [Fact]
    public async Task What_a_verb_changed_is_saved_without_its_asking()
    {
        await using var store = await OpenAsync();
        await store.AddPersonAsync("asha@example.org");

        await store.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync()).Confirm());

        await using var reader = store.Database.OpenReader();
        Assert.True((await reader.Users.SingleAsync()).EmailConfirmed);
    }

    [Fact]
    public async Task A_broken_rule_is_told_to_the_caller_who_broke_it()
    {
        await using var store = await OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await store.AddPersonAsync(i % 3 == 0 ? "same@example.org" : $"person{i}@example.org");
                return true;
            }
            catch (DbUpdateException)
            {
                return false;
            }
        }));

        await using var reader = store.Database.OpenReader();
        Assert.Equal(9, await reader.Users.CountAsync());
        Assert.Equal(9, answers.Count(written => written));
        Assert.All(Enumerable.Range(0, 12).Where(i => i % 3 != 0), i => Assert.True(answers[i]));
    }

    [Fact]
    public async Task A_write_inside_a_write_is_refused()
    {
        await using var store = await OpenAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.Database.WriteAsync(_ => store.WriteAsync("inner")));

        Assert.Contains("pass it to the verb", refused.Message, StringComparison.Ordinal);
        await store.WriteAsync("after");
        Assert.Equal(["after"], await store.LettersAsync());
    }

    [Fact]
    public async Task Bells_ring_after_the_commit_and_before_the_caller_goes_on()
    {
        await using var store = await OpenAsync();
        string[]? heard = null;

        await store.Database.WriteAsync(write =>
        {
            write.Audit(1, "one", "test");
            write.AfterCommit(() => heard = store.LettersAsync().GetAwaiter().GetResult());
            Assert.Null(heard);
            return true;
        });

        Assert.Equal(["one"], heard!);
    }

    [Fact]
    public async Task Bells_of_a_write_that_failed_stay_silent()
    {
        await using var store = await OpenAsync();
        var rung = false;

        await Assert.ThrowsAsync<FormatException>(() => store.Database.WriteAsync(async write =>
        {
            write.AfterCommit(() => rung = true);
            await write.SaveAsync();
            throw new FormatException();
        }));
        await store.WriteAsync("another");

        Assert.False(rung);
    }

    [Fact]
    public async Task A_bell_that_breaks_takes_no_committed_write_back()
    {
        await using var store = await OpenAsync();
        var rung = new List<string>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.Database.WriteAsync(write =>
        {
            write.Audit(1, $"{i}", "test");
            write.AfterCommit(() => throw new FormatException("a broken bell"));
            write.AfterCommit(() =>
            {
                lock (rung)
                    rung.Add($"{i}");
            });
            return i;
        })));

        Assert.Equal(Enumerable.Range(0, 8), answers);
        Assert.Equal(8, (await store.LettersAsync()).Length);
        Assert.Equal(8, rung.Count);
        Assert.Equal(8, store.Log.Troubles.Count(line => line.Error is FormatException));
    }

    [Fact]
    public async Task A_write_runs_in_its_callers_language()
    {
        await using var store = await OpenAsync();
        await store.WriteAsync("before");
        var mine = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("hi-IN");

        var language = await store.Database.WriteAsync(_ => CultureInfo.CurrentUICulture.Name);

        CultureInfo.CurrentUICulture = mine;
        Assert.Equal("hi-IN", language);
    }

    [Fact]
    public async Task A_reader_cannot_save()
    {
        await using var store = await OpenAsync();
        await using var reader = store.Database.OpenReader();
        reader.AuditEntries.Add(new AuditEntry(store.Clock.GetUtcNow(), 1, "look", "test", ""));

        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.SaveChangesAsync());
        Assert.Throws<InvalidOperationException>(() => reader.SaveChanges());
    }

    [Fact]
    public async Task A_readers_connection_refuses_to_write()
    {
        await using var store = await OpenAsync();
        await using var reader = store.Database.OpenReader();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => reader.Database.ExecuteSqlAsync($"DELETE FROM mails"));

        Assert.Contains("read", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Identity_hears_of_a_row_that_changed_under_it()
    {
        await using var store = await OpenAsync();
        var person = await store.AddPersonAsync("asha@example.org");
        await using var borrowed = store.Database.OpenForIdentity();
        using var people = new UserOnlyStore<AppUser, DressoraDb, long>(borrowed);
        var found = (await people.FindByIdAsync($"{person.Id}"))!;
        await store.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync()).ConcurrencyStamp = "changed");

        Assert.False((await people.UpdateAsync(found)).Succeeded);
    }

    [Fact]
    public async Task Instants_come_back_to_the_microsecond()
    {
        await using var store = await OpenAsync();
        store.Clock.Advance(TimeSpan.FromTicks(1_234_567));
        var now = await store.Database.WriteAsync(write =>
        {
            write.Audit(1, "one", "test");
            return write.Now;
        });

        await using var reader = store.Database.OpenReader();
        var read = (await reader.AuditEntries.SingleAsync()).At;
        Assert.Equal(now, read);
        Assert.Equal(FakeClock.Start.AddTicks(1_234_560), read);
        Assert.Equal(1, await reader.AuditEntries.CountAsync(entry => entry.At == now && entry.At < now.AddMicroseconds(1)));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET detail = 'nothing happened'")]
    [InlineData("DELETE FROM audit_entries")]
    public async Task The_audit_list_cannot_be_changed(string sql)
    {
        await using var store = await OpenAsync();
        await store.WriteAsync("one");

        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            store.Database.WriteAsync(write => write.Db.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["one"], await store.LettersAsync());
    }

    [Fact]
    public async Task Many_writers_lose_nothing()
    {
        await using var store = await OpenAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => await store.WriteAsync($"{i}"));

        Assert.Equal(1_000, (await store.LettersAsync()).Distinct().Count());
    }
}
