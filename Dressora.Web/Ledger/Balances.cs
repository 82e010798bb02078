using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>What a person reads about their credits. Nothing here changes anything.</summary>
public sealed class Balances(Database database, Glances glances, TimeProvider clock)
{
    private const string Pill =
        "SELECT held, (SELECT CAST(coalesce(sum(g.available), 0) AS bigint) FROM credit_grants AS g WHERE g.user_id = a.user_id "
        + "AND g.scope = '' AND g.available > 0 AND g.effective_at <= @now AND g.expires_at > @now) "
        + "FROM credit_accounts AS a WHERE a.user_id = @user";

    /// <summary>For the pill that every page carries.</summary>
    public async Task<Sums> SumsAsync(long userId) => await glances.RowAsync(
        Pill, row => new Sums(row.GetInt64(1), row.GetInt64(0)), CancellationToken.None,
        ("@user", userId), ("@now", InstantConverter.ToMicroseconds(clock.GetUtcNow()))) ?? Sums.None;

    /// <summary>For lists of people: two indexed looks a person.</summary>
    public async Task<IReadOnlyDictionary<long, Sums>> SumsAsync(params IReadOnlyCollection<long> people)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        return await db.CreditAccounts.Where(account => people.Contains(account.UserId))
            .Select(account => new
            {
                account.UserId,
                account.Held,
                Available = db.CreditGrants
                    .Where(grant => grant.UserId == account.UserId && grant.Scope == Scopes.Any && grant.Available > 0
                        && grant.EffectiveAt <= now && grant.ExpiresAt > now)
                    .Sum(grant => grant.Available),
            })
            .ToDictionaryAsync(account => account.UserId, account => new Sums(account.Available, account.Held));
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
        // No row has the number 0, and a plain comparison lets each part use its index.
        var holdId = hold?.Id ?? 0;
        var slices = await db.CreditSlices.Where(slice => slice.HoldId == holdId).OrderBy(slice => slice.Position).ToListAsync();
        List<string> references = [reference, .. slices.Select(Giving.MadeGoodSource)];
        var entries = await db.CreditEntries.Where(e => references.Contains(e.Reference) || e.HoldId == holdId).OrderBy(e => e.Id).ToListAsync();
        if (grant is not null)
        {
            // A large grant pays for thousands of jobs; nobody reads them all here.
            var movements = db.CreditEntries.Where(e => e.GrantId == grant.Id).OrderBy(e => e.Id).Take(Explanation.MovementsMax);
            entries = [.. entries.UnionBy(await movements.ToListAsync(), e => e.Id).OrderBy(e => e.Id)];
        }

        var named = entries.Select(e => e.GrantId).Distinct().ToList();
        var grants = await db.CreditGrants.Where(grant => named.Contains(grant.Id)).ToDictionaryAsync(grant => grant.Id);
        return new Explanation(reference, hold, grant, slices, entries, grants);
    }

    private static IQueryable<Grant> Live(DressoraDb db, long userId, DateTimeOffset now) => db.CreditGrants
        .Where(grant => grant.UserId == userId && grant.EffectiveAt <= now && grant.ExpiresAt > now && (grant.Available > 0 || grant.Held > 0));

    private static Task<long> UsedAsync(DressoraDb db, long userId, DateTimeOffset since) => db.CreditEntries
        .Where(e => e.UserId == userId && e.Kind == EntryKind.Settled && e.At >= since)
        .Join(db.CreditGrants.Where(grant => grant.Scope == Scopes.Any), e => e.GrantId, grant => grant.Id, (e, _) => e.Amount)
        .SumAsync();
}

/// <summary>What a person can use now, and what is set aside for jobs.</summary>
public sealed record Sums(long Available, long Held)
{
    public static readonly Sums None = new(0, 0);
}

/// <summary>The life of the credits of one job or payment, with every grant that had a part in it.</summary>
public sealed record Explanation(
    string Reference, Hold? Hold, Grant? Grant, IReadOnlyList<Slice> Slices, IReadOnlyList<Entry> Entries,
    IReadOnlyDictionary<long, Grant> Grants)
{
    /// <summary>Of what a grant paid for, the first so many.</summary>
    public const int MovementsMax = 100;

    /// <summary>There is more than is told: the statement has every entry.</summary>
    public bool IsCut => Grant is not null && Entries.Count >= MovementsMax;

    public bool IsEmpty => Hold is null && Grant is null && Entries.Count == 0;

    public bool IsOnlyOf(long userId) => (Hold?.UserId ?? userId) == userId && (Grant?.UserId ?? userId) == userId
        && Entries.All(entry => entry.UserId == userId);
}
