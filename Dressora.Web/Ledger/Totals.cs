using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>What all grants of a kind add up to.</summary>
public sealed record Total(
    Category? Category, string Scope, long Grants, long Issued, long Available, long Held, long Spent, long Expired, long Revoked)
{
    public bool IsBalanced => Issued == Available + Held + Spent + Expired + Revoked;
}

/// <summary>The whole house at one instant.</summary>
public sealed record HouseTotals(IReadOnlyList<Total> Kinds, long Debt, long Debtors, long Overrun, DateTimeOffset At)
{
    /// <summary>Credits of every category; allowances are counted in uses and stay out.</summary>
    public Total Credits { get; } = Sum([.. Kinds.Where(kind => kind.Scope == Scopes.Any)]);

    private static Total Sum(IReadOnlyList<Total> kinds) => new(
        null, Scopes.Any, kinds.Sum(k => k.Grants), kinds.Sum(k => k.Issued), kinds.Sum(k => k.Available), kinds.Sum(k => k.Held),
        kinds.Sum(k => k.Spent), kinds.Sum(k => k.Expired), kinds.Sum(k => k.Revoked));
}

/// <summary>Counts every grant, so it counts at most once a minute and says when it did.</summary>
public sealed class Totals(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Task<HouseTotals>? _counted;
    private long _countedAt;

    public Task<HouseTotals> OfHouseAsync()
    {
        lock (_lock)
        {
            if (_counted is null || _counted.IsFaulted || (_counted.IsCompleted && clock.GetElapsedTime(_countedAt) >= Fresh))
            {
                _countedAt = clock.GetTimestamp();
                _counted = Task.Run(CountAsync);
            }

            return _counted;
        }
    }

    private async Task<HouseTotals> CountAsync()
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var kinds = await db.CreditGrants.GroupBy(grant => new { grant.Category, grant.Scope })
            .Select(group => new Total(
                group.Key.Category, group.Key.Scope, group.LongCount(), group.Sum(g => g.Issued), group.Sum(g => g.Available),
                group.Sum(g => g.Held), group.Sum(g => g.Spent), group.Sum(g => g.Expired), group.Sum(g => g.Revoked)))
            .ToListAsync();
        var debts = db.CreditAccounts.Where(account => account.Debt > 0);
        return new HouseTotals(
            [.. kinds.OrderBy(kind => kind.Scope, StringComparer.Ordinal).ThenBy(kind => kind.Category)],
            await debts.SumAsync(account => account.Debt),
            await debts.LongCountAsync(),
            await db.CreditEntries.Where(entry => entry.Kind == EntryKind.Overrun).SumAsync(entry => entry.Amount),
            now);
    }
}
