using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Ledger;

/// <summary>A ledger, asked one verb at a time, each in a write of its own.</summary>
internal sealed class Till(Database database, TimeProvider clock, CreditLedger ledger)
{
    private static int _keys;

    internal Till(Site site) : this(site.Database, site.Clock, site.Services.GetRequiredService<CreditLedger>())
    {
    }

    internal CreditLedger Ledger => ledger;
    internal DateTimeOffset Now => clock.GetUtcNow();

    internal Task<Outcome> GrantAsync(
        long user, long amount, Category category = Category.Paid, TimeSpan? life = null, string? source = null, string scope = Scopes.Any,
        DateTimeOffset? from = null)
    {
        var begin = from ?? Now;
        var order = new GrantOrder(user, category, amount, begin, life is { } span ? begin + span : Grant.Never, source ?? NewKey("source"), "test", scope);
        return database.WriteAsync(write => Ledger.GrantAsync(write, order));
    }

    internal Task<Outcome> RenewAsync(long user, long amount, bool resets, TimeSpan life, string source)
    {
        var order = new GrantOrder(user, Category.Plan, amount, Now, Now + life, source, "test");
        return database.WriteAsync(write => Ledger.RenewAsync(write, order, resets));
    }

    internal Task<Outcome> FreezeAsync(
        long user, long amount, string reference, string? key = null, string scope = Scopes.Any, TimeSpan? lifetime = null) =>
        database.WriteAsync(write =>
            Ledger.FreezeAsync(write, new Command(key ?? NewKey("freeze")), user, amount, reference, scope, lifetime));

    internal Task<Outcome> SettleAsync(string reference, long actual, string? key = null) =>
        database.WriteAsync(write => Ledger.SettleAsync(write, new Command(key ?? NewKey("settle")), reference, actual));

    internal Task<Outcome> ReleaseAsync(string reference, ReleaseCause cause = ReleaseCause.Failed, string? key = null) =>
        database.WriteAsync(write => Ledger.ReleaseAsync(write, new Command(key ?? NewKey("release")), reference, cause, "test"));

    internal Task<Outcome> RevokeAsync(string source, long portion, string? key = null) =>
        database.WriteAsync(write => Ledger.RevokeAsync(write, new Command(key ?? NewKey("revoke")), source, portion, "refund"));

    internal Task<Outcome> AdjustAsync(long user, long amount, string reason = "because", string? key = null) =>
        database.WriteAsync(write => Ledger.AdjustAsync(write, new Command(key ?? NewKey("adjust"), "admin 1"), user, amount, reason));

    internal Task<Outcome> ForfeitAsync(long user) =>
        database.WriteAsync(write => Ledger.ForfeitAsync(write, new Command(NewKey("forfeit")), user, "left"));

    internal Task<int> ExpireAsync(int atMost = 100) => database.WriteAsync(write => Ledger.ExpireAsync(write, atMost));

    internal Task<IReadOnlyList<string>> ReleaseOverdueAsync(int atMost = 100) =>
        database.WriteAsync(write => Ledger.ReleaseOverdueAsync(write, atMost));

    internal Task<Account> AccountAsync(long user) => ReadAsync(db => db.CreditAccounts.SingleAsync(a => a.UserId == user));

    internal Task<Grant> GrantOfAsync(string source) => ReadAsync(db => db.CreditGrants.SingleAsync(g => g.Source == source));

    internal Task<Hold> HoldOfAsync(string reference) => ReadAsync(db => db.CreditHolds.SingleAsync(h => h.Reference == reference));

    /// <summary>What a person has, holds and owes, as the entries left it.</summary>
    internal async Task<(long Available, long Held, long Debt)> SumsAsync(long user)
    {
        var account = await ReadAsync(db => db.CreditAccounts.SingleOrDefaultAsync(a => a.UserId == user));
        return (account?.Available ?? 0, account?.Held ?? 0, account?.Debt ?? 0);
    }

    internal Task<List<Grant>> GrantsAsync(long user) =>
        ReadAsync(db => db.CreditGrants.Where(g => g.UserId == user).OrderBy(g => g.Id).ToListAsync());

    internal Task<List<Entry>> EntriesAsync(long user) =>
        ReadAsync(db => db.CreditEntries.Where(e => e.UserId == user).OrderBy(e => e.Id).ToListAsync());

    private async Task<T> ReadAsync<T>(Func<DressoraDb, Task<T>> read)
    {
        await using var db = database.OpenReader();
        return await read(db);
    }

    private static string NewKey(string verb) => $"{verb}:{Interlocked.Increment(ref _keys)}";
}
