using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Data;

/// <summary>What waiting for a turn means, on whichever engine.</summary>
public abstract class Waiting(Engine engine)
{
    private Task<Store> OpenAsync(int waitingMax = 4_096) => Store.OpenAsync(engine, waitingMax);

    [Fact]
    public async Task A_caller_who_gave_up_before_the_turn_is_answered_at_once_and_not_written()
    {
        await using var store = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        Task waiting;
        await using (await TakeEveryTurnAsync(store))
        {
            waiting = store.Database.WriteAsync(
                write =>
                {
                    write.Audit(1, "given up", "test");
                    return true;
                },
                cancel.Token);
            Assert.False(waiting.IsCompleted);
            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await store.WriteAsync("after");
        Assert.Equal(["after"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_caller_who_gives_up_during_the_write_still_hears_that_it_happened()
    {
        await using var store = await OpenAsync();
        using var cancel = new CancellationTokenSource();

        var written = await store.Database.WriteAsync(
            write =>
            {
                cancel.Cancel();
                write.Audit(1, "one", "test");
                return true;
            },
            cancel.Token);

        Assert.True(written);
        Assert.Equal(["one"], await store.LettersAsync());
    }

    [Fact]
    public async Task A_full_queue_answers_busy_at_once()
    {
        await using var store = await OpenAsync(waitingMax: 16);
        Task[] waiting;
        await using (await TakeEveryTurnAsync(store))
        {
            waiting = [.. Enumerable.Range(0, 16).Select(i => store.WriteAsync($"{i}"))];

            var busy = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => store.WriteAsync("one too many"));

            Assert.Equal(Unavailable.Busy, busy.Why);
            Assert.All(waiting, task => Assert.False(task.IsCompleted));
        }

        await Task.WhenAll(waiting);
        Assert.Equal(16, (await store.LettersAsync()).Length);
    }

    [Fact]
    public async Task A_stopping_server_finishes_what_waits_and_takes_no_more()
    {
        await using var store = await OpenAsync();
        var database = store.Database;
        Task[] waiting;
        Task closing;
        await using (await TakeEveryTurnAsync(store))
        {
            waiting = [.. Enumerable.Range(0, 100).Select(i => store.WriteAsync($"{i}"))];
            closing = store.CloseAsync();
            Assert.Equal(Unavailable.Stopping, await RefusalAsync(database));
        }

        await Task.WhenAll(waiting);
        await closing;
    }

    [Fact]
    public async Task Identitys_own_saves_take_their_turn_as_writes()
    {
        await using var store = await OpenAsync();
        var person = await store.AddPersonAsync("asha@example.org");
        await using var borrowed = store.Database.OpenForIdentity();
        using var people = new UserOnlyStore<AppUser, DressoraDb, long>(borrowed);
        Task saving;
        await using (await TakeEveryTurnAsync(store))
        {
            var found = (await people.FindByIdAsync($"{person.Id}"))!;
            saving = people.AddOrUpdatePasskeyAsync(found, Passkey(), default);
            Assert.False(saving.IsCompleted);
        }

        await saving;
        await using var reader = store.Database.OpenReader();
        var kept = await reader.UserPasskeys.SingleAsync();
        Assert.Equal("phone", kept.Data.Name);
        Assert.Equal(person.Id, kept.UserId);
    }

    /// <summary>Knocks until it is refused; what it is let in for changes nothing.</summary>
    private static async Task<Unavailable> RefusalAsync(Database database)
    {
        while (true)
        {
            var knock = database.WriteAsync(_ => true);
            if (await Task.WhenAny(knock, Task.Delay(20)) == knock && knock.Exception?.InnerException is DatabaseUnavailableException refused)
                return refused.Why;
        }
    }

    /// <summary>After it, no write begins until it is let go.</summary>
    private protected abstract Task<IAsyncDisposable> TakeEveryTurnAsync(Store store);

    private static UserPasskeyInfo Passkey() => new([1, 2, 3], [4], FakeClock.Start, 0, ["internal"], true, true, true, [5], [6])
    {
        Name = "phone",
    };
}
