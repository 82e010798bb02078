using Dressora.Tests.Harness;
using Dressora.Web.Ledger;
using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>Whatever is changed in the stored books by hand is found, and the first of it is named.</summary>
public abstract class VerifierTests(Engine engine) : OnEngine(engine)
{
    private const long Person = 7;

    private Task<Verification> VerifyAsync() => The<Verifier>().VerifyAsync();

    [Fact]
    public async Task Empty_books_are_good() => Assert.Equal(
        new Verification(0, 0, 0, 0, TimeSpan.Zero, null), await VerifyAsync());

    [Fact]
    public async Task Books_with_every_kind_of_movement_are_good_and_counted()
    {
        await LiveAsync(Person);
        await LiveAsync(Person + 1);

        var verification = await VerifyAsync();

        Assert.Null(verification.Fault);
        Assert.Equal(2, verification.Accounts);
        Assert.Equal(await Site.ReadAsync(db => db.CreditGrants.LongCountAsync()), verification.Grants);
        Assert.Equal(await Site.ReadAsync(db => db.CreditHolds.LongCountAsync()), verification.Holds);
        Assert.Equal(await Site.ReadAsync(db => db.CreditEntries.LongCountAsync()), verification.Entries);
        Assert.Equal(
            Enum.GetValues<EntryKind>().Order(),
            (await Site.ReadAsync(db => db.CreditEntries.Select(e => e.Kind).Distinct().ToListAsync())).Order());
    }

    [Theory]
    [InlineData("UPDATE credit_entries SET reason = 'x' WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET reference = reference || ' ' WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET actor = 'admin 1' WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET amount = amount + 1 WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET at = at + 1 WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET available_after = available_after + 1 WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET kind = 'Overrun' WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("UPDATE credit_entries SET grant_id = NULL WHERE user_id = 7 AND number = 3", "entry 3")]
    [InlineData("DELETE FROM credit_entries WHERE user_id = 7 AND number = 3", "entry 3 is missing")]
    [InlineData("DELETE FROM credit_entries WHERE user_id = 7 AND number = 1", "entry 1 is missing")]
    [InlineData("DELETE FROM credit_entries WHERE user_id = 7 AND number = (SELECT max(number) FROM credit_entries WHERE user_id = 7)", "the account knows")]
    [InlineData("DELETE FROM credit_entries WHERE user_id = 7", "the account knows")]
    [InlineData("UPDATE credit_accounts SET available = available + 1 WHERE user_id = 7", "the account says")]
    [InlineData("UPDATE credit_accounts SET held = held + 1 WHERE user_id = 7", "the account says")]
    [InlineData("UPDATE credit_accounts SET debt = debt + 1 WHERE user_id = 7", "the account says")]
    [InlineData("UPDATE credit_accounts SET entries = entries + 1 WHERE user_id = 7", "the account knows")]
    [InlineData("UPDATE credit_accounts SET head = hash FROM credit_entries e WHERE e.number = 1 AND e.user_id = 7 AND credit_accounts.user_id = 7", "the account knows")]
    [InlineData("UPDATE credit_grants SET available = available + 1, issued = issued + 1 WHERE id = 1", "grant 1")]
    [InlineData("UPDATE credit_grants SET spent = spent + 1, expired = expired - 1 WHERE source = 'last-7'", "grant")]
    [InlineData("UPDATE credit_holds SET charged = charged - 1 WHERE reference = 'good-7'", "good-7")]
    [InlineData("UPDATE credit_holds SET state = 'Released' WHERE reference = 'open-7'", "open-7")]
    [InlineData("UPDATE credit_holds SET amount = amount + 1 WHERE reference = 'open-7'", "open-7")]
    [InlineData("UPDATE credit_holds SET user_id = 8 WHERE reference = 'open-7'", "7")]
    [InlineData("UPDATE credit_grants SET user_id = 8 WHERE source = 'last-7'", "7")]
    public async Task Each_change_by_hand_is_found_and_named(string change, string named)
    {
        await LiveAsync(Person);
        await LiveAsync(Person + 1);
        await Books.ChangeAsync(Site, change);

        var verification = await VerifyAsync();

        Assert.StartsWith($"Person {Person}: ", verification.Fault, StringComparison.Ordinal);
        Assert.Contains(named, verification.Fault, StringComparison.Ordinal);
        Assert.False(verification.IsGood);
    }

    [Theory]
    [InlineData("UPDATE credit_entries SET at = 9223372036854775807 WHERE user_id = 7 AND number = 4", "Person 7: what comes after entry 3 cannot be read")]
    [InlineData("UPDATE credit_grants SET expires_at = 9223372036854775807 WHERE user_id = 7", "Person 7: what comes after entry 0 cannot be read")]
    [InlineData("UPDATE credit_holds SET deadline = 9223372036854775807 WHERE user_id = 7", "Person 7: what comes after entry 0 cannot be read")]
    [InlineData("UPDATE credit_accounts SET last_at = 9223372036854775807", "The list of accounts cannot be read after 0 of them")]
    public async Task What_cannot_be_read_at_all_is_a_fault_and_not_an_accident(string change, string named)
    {
        await LiveAsync(Person);
        await Books.ChangeAsync(Site, change);

        Assert.StartsWith(named, (await VerifyAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_put_in_at_the_end_by_hand_is_found()
    {
        await LiveAsync(Person);
        await Books.ChangeAsync(
            Site,
            "INSERT INTO credit_entries (user_id, number, grant_id, hold_id, kind, from_bucket, to_bucket, amount, available_after, held_after, "
            + "debt_after, actor, reason, reference, at, hash) SELECT user_id, number + 1, grant_id, hold_id, kind, from_bucket, to_bucket, amount, "
            + "available_after, held_after, debt_after, actor, reason, reference, at, hash FROM credit_entries WHERE user_id = 7 ORDER BY number DESC LIMIT 1");

        Assert.Contains("was changed", (await VerifyAsync()).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Person)]
    [InlineData(Person + 1)]
    public async Task A_whole_account_that_is_gone_with_everything_in_it_is_found_and_named(long gone)
    {
        await LiveAsync(Person);
        await LiveAsync(Person + 1);
        await TakeAwayAsync(gone);

        Assert.Equal($"Person {gone}: an account of theirs is gone, with everything in it.", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task An_account_that_was_gone_and_is_opened_anew_is_still_found()
    {
        await LiveAsync(Person);
        await TakeAwayAsync(Person);
        await Till.GrantAsync(Person, 5);

        Assert.Equal($"Person {Person}: an account of theirs is gone, with everything in it.", (await VerifyAsync()).Fault);
    }

    [Theory]
    [InlineData("UPDATE credit_accounts SET user_id = 9 WHERE user_id = 8", "Person 9: the account knows 0 entries")]
    [InlineData("UPDATE credit_seal SET accounts = 2", "Person 0: an account of theirs is gone")]
    [InlineData("UPDATE credit_seal SET accounts = 0", "0 accounts were opened, 1 are there")]
    [InlineData("DELETE FROM credit_seal", "The seal of the books is gone.")]
    public async Task What_does_not_agree_with_the_seal_is_found(string change, string named)
    {
        await Till.FreezeAsync(8, 1, "too much");
        await Books.ChangeAsync(Site, change);

        Assert.Contains(named, (await VerifyAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_one_instant_while_others_write()
    {
        await LiveAsync(Person);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await LiveAsync(100 + i);
        });

        for (var i = 0; i < 10; i++)
            Assert.Null((await VerifyAsync()).Fault);
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_check_that_is_cancelled_says_so_and_finds_no_fault()
    {
        await LiveAsync(Person);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => The<LedgerCheck>().RunAsync(new CancellationToken(canceled: true)));

        Assert.Null(await The<LedgerGuard>().OpenFaultAsync());
        Assert.Null(await The<LedgerCheck>().LastAsync());
    }

    [Fact]
    public async Task A_check_by_hand_is_the_last_check_and_moves_no_due_time()
    {
        await LiveAsync(Person);
        await The<Schedule>().RunDueAsync(CancellationToken.None);
        var scheduled = (await The<LedgerCheck>().LastAsync())!;
        Clock.Advance(TimeSpan.FromMinutes(3));

        await The<LedgerCheck>().RunAsync(CancellationToken.None);

        var last = (await The<LedgerCheck>().LastAsync())!;
        Assert.Equal((Clock.GetUtcNow(), scheduled.DueAt), (last.RanAt!.Value, last.DueAt));
        Assert.StartsWith("all good: ", last.Outcome, StringComparison.Ordinal);
    }

    /// <summary>As somebody does it who knows how the tables hang together.</summary>
    private Task TakeAwayAsync(long person) => Books.ChangeAsync(
        Site,
        $"DELETE FROM credit_slices WHERE hold_id IN (SELECT id FROM credit_holds WHERE user_id = {person}); "
        + $"DELETE FROM credit_entries WHERE user_id = {person}; DELETE FROM credit_holds WHERE user_id = {person}; "
        + $"DELETE FROM credit_grants WHERE user_id = {person}; DELETE FROM credit_accounts WHERE user_id = {person};");

    /// <summary>A life with every kind of entry in it, and something left of each state.</summary>
    private async Task LiveAsync(long person)
    {
        string Name(string what) => $"{what}-{person}";
        await Till.GrantAsync(person, 100, source: Name("first"));
        await Till.FreezeAsync(person, 30, Name("good"));
        await Till.SettleAsync(Name("good"), 25);
        await Till.FreezeAsync(person, 10, Name("over"));
        await Till.SettleAsync(Name("over"), 12);
        await Till.FreezeAsync(person, 20, Name("bad"));
        await Till.ReleaseAsync(Name("bad"));
        await Till.RevokeAsync(Name("first"), 100);
        await Till.GrantAsync(person, 200, source: Name("last"));
        await Till.AdjustAsync(person, -7);
        await Till.GrantAsync(person, 4, Category.Promo, TimeSpan.FromTicks(10), Name("short"));
        await Site.Database.WriteAsync(write => Till.Ledger.ForfeitAsync(write, new Command(Name("forfeit")), person, "left"));
        await Till.GrantAsync(person, 50, source: Name("again"));
        await Till.FreezeAsync(person, 5, Name("open"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Till.GrantAsync(person, 4, Category.Promo, TimeSpan.FromTicks(10), Name("shorter"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Till.ExpireAsync();
    }
}

public sealed class SqliteVerifierTests() : VerifierTests(Engine.Sqlite);

[Trait("needs", "postgres")]
public sealed class PostgresVerifierTests() : VerifierTests(Engine.Postgres);
