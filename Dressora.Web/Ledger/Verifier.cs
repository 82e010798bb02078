using System.Data;
using System.Data.Common;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>
/// Plays every entry again, person by person, and holds the result against every counter, hold and hash. All of it is read
/// from one snapshot; memory is bounded by the largest single account.
/// </summary>
public sealed class Verifier(Database database, TimeProvider clock)
{
    private const int Step = 1_000;

    public async Task<Verification> VerifyAsync(CancellationToken cancel = default)
    {
        var begun = clock.GetTimestamp();
        await using var db = database.OpenReader();
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        using var books = new BookReader(db.Database.GetDbConnection());
        var total = await PlayAllAsync(books, cancel);
        return total with { Took = clock.GetElapsedTime(begun) };
    }

    private static async Task<Verification> PlayAllAsync(BookReader books, CancellationToken cancel)
    {
        var total = new Verification(0, 0, 0, 0, TimeSpan.Zero, null);
        var (after, people) = (long.MinValue, 0L);
        try
        {
            while (total.IsGood && await books.AccountsAsync(after, Step, cancel) is { Count: > 0 } accounts)
            {
                foreach (var account in accounts.TakeWhile(_ => total.IsGood))
                    total = Add(total, account, await PlayAsync(books, account, cancel));
                people += accounts.Sum(account => account.UserId);
                after = accounts[^1].UserId;
            }

            return total.IsGood ? total with { Fault = Missing(await books.SealAsync(cancel), total.Accounts, people) } : total;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return total with { Fault = $"The list of accounts cannot be read after {total.Accounts} of them ({e.Message})." };
        }
    }

    /// <summary>An account that is gone with everything in it leaves no chain to break; the seal still counts it.</summary>
    private static string? Missing(Seal? seal, long accounts, long people) => seal switch
    {
        null => "The seal of the books is gone.",
        _ when (seal.Accounts, seal.People) == (accounts, people) => null,
        _ when seal.Accounts == accounts + 1 => $"Person {seal.People - people}: an account of theirs is gone, with everything in it.",
        _ => $"The books: {seal.Accounts} accounts were opened, {accounts} are there, or they are not the same ones.",
    };

    private static async Task<(Replay Replay, string? Fault)> PlayAsync(BookReader books, Account account, CancellationToken cancel)
    {
        var replay = new Replay(account);
        try
        {
            await books.GrantsAsync(account.UserId, replay.Know, cancel);
            await books.HoldsAsync(account.UserId, replay.Know, cancel);
            return (replay, await books.EntriesAsync(account.UserId, replay.Play, cancel) ?? replay.Close());
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (replay, $"what comes after entry {replay.Entries} cannot be read ({e.Message})");
        }
    }

    /// <summary>A torn page or a value that cannot be; not a server that went away, which says nothing about the books.</summary>
    private static bool IsUnreadable(Exception e) =>
        e is DbException { IsTransient: false } or KeyNotFoundException or InvalidCastException or ArgumentException;

    private static Verification Add(Verification total, Account account, (Replay Replay, string? Fault) played) => total with
    {
        Accounts = total.Accounts + 1,
        Grants = total.Grants + played.Replay.Grants,
        Holds = total.Holds + played.Replay.Holds,
        Entries = total.Entries + played.Replay.Entries,
        Fault = played.Fault is null ? null : $"Person {account.UserId}: {played.Fault}.",
    };
}
