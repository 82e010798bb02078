using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>What a person reads about their credits. Nothing here changes anything.</summary>
public sealed class Balances(Database database, TimeProvider clock)
{
    /// <summary>For the pill that every page carries: one indexed sum.</summary>
    public async Task<long> AvailableAsync(long userId)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        return await Live(db, userId, now).Where(grant => grant.Scope == Scopes.Any).SumAsync(grant => grant.Available);
    }

    public async Task<Balance> OfAsync(long userId, string timeZone)
    {
        var now = clock.GetUtcNow();
        var today = Zone.DayOf(now, timeZone);
        await using var db = database.OpenReader();
        var account = await db.CreditAccounts.SingleOrDefaultAsync(account => account.UserId == userId);
        var grants = await Live(db, userId, now).OrderBy(grant => EF.Property<int>(grant, "Priority"))
            .ThenBy(grant => grant.ExpiresAt).ThenBy(grant => grant.EffectiveAt).ThenBy(grant => grant.Id).ToListAsync();
        return new Balance(
            grants.Where(grant => grant.IsCredit).Sum(grant => grant.Available),
            account?.Held ?? 0,
            account?.Debt ?? 0,
            await UsedAsync(db, userId, Zone.Begin(today, timeZone)),
            await UsedAsync(db, userId, Zone.Begin(new DateOnly(today.Year, today.Month, 1), timeZone)),
            await UsedAsync(db, userId, now - TimeSpan.FromDays(30)),
            grants);
    }

    /// <summary>Everything under one reference: a job's hold, a payment's grant, and what became of them.</summary>
    public async Task<Explanation> ExplainAsync(string reference)
    {
        await using var db = database.OpenReader();
        var hold = await db.CreditHolds.SingleOrDefaultAsync(hold => hold.Reference == reference);
        var grant = await db.CreditGrants.SingleOrDefaultAsync(grant => grant.Source == reference);
        var (holdId, grantId) = (hold?.Id, grant?.Id);
        var entries = await db.CreditEntries
            .Where(e => e.Reference == reference || (holdId != null && e.HoldId == holdId) || (grantId != null && e.GrantId == grantId))
            .OrderBy(e => e.Id).ToListAsync();
        return new Explanation(reference, hold, grant, entries);
    }

    private static IQueryable<Grant> Live(DressoraDb db, long userId, DateTimeOffset now) => db.CreditGrants
        .Where(grant => grant.UserId == userId && grant.EffectiveAt <= now && grant.ExpiresAt > now && (grant.Available > 0 || grant.Held > 0));

    private static Task<long> UsedAsync(DressoraDb db, long userId, DateTimeOffset since) => db.CreditEntries
        .Where(e => e.UserId == userId && e.Kind == EntryKind.Settled && e.At >= since)
        .Join(db.CreditGrants.Where(grant => grant.Scope == Scopes.Any), e => e.GrantId, grant => grant.Id, (e, _) => e.Amount)
        .SumAsync();
}

/// <summary>The life of the credits of one job or payment.</summary>
public sealed record Explanation(string Reference, Hold? Hold, Grant? Grant, IReadOnlyList<Entry> Entries);
