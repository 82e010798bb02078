using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Credits;

/// <summary>What a statement may be narrowed to.</summary>
public enum StatementKind
{
    In,
    Held,
    Spent,
    Back,
    Expired,
    Taken,
    Owed,

    /// <summary>The day's free messages and images, which no other kind shows: they are counted in uses, not in credits.</summary>
    Free,
}

/// <summary>One line, with the grant it moved.</summary>
public sealed record StatementLine(Entry Entry, Grant? Grant)
{
    /// <summary>What it did to the credits one can use.</summary>
    public long Change => (Entry.To == Bucket.Available ? Entry.Amount : 0) - (Entry.From == Bucket.Available ? Entry.Amount : 0);
}

/// <summary>A person's entries, narrowed by kind and by a month of their own calendar.</summary>
public sealed record Statement(long UserId, string TimeZone, StatementKind? Kind, DateOnly? Month)
{
    private const string MonthFormat = "yyyy-MM";

    /// <summary>What is not a kind or a month narrows nothing.</summary>
    public static Statement Asked(long userId, string timeZone, string? kind, string? month) => new(
        userId,
        timeZone,
        Enum.TryParse<StatementKind>(kind, out var known) && Enum.IsDefined(known) ? known : null,
        DateOnly.TryParseExact(month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && first.Year is > 2000 and < 9999 ? first : null);

    public static string Text(DateOnly month) => month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    public IQueryable<Entry> In(DressoraDb db)
    {
        var entries = db.CreditEntries.Where(entry => entry.UserId == UserId);
        if (Month is { } month)
        {
            var (from, to) = (Zone.Begin(month, TimeZone), Zone.Begin(month.AddMonths(1), TimeZone));
            entries = entries.Where(entry => entry.At >= from && entry.At < to);
        }

        if (Kinds() is { } kinds)
            entries = entries.Where(entry => kinds.Contains(entry.Kind));
        var uses = db.CreditGrants.Where(grant => grant.UserId == UserId && grant.Scope != Scopes.Any);
        return Kind == StatementKind.Free
            ? entries.Where(entry => uses.Any(grant => grant.Id == entry.GrantId))
            : entries.Where(entry => !uses.Any(grant => grant.Id == entry.GrantId));
    }

    /// <summary>The months from the first entry to now, newest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> MonthsAsync(DressoraDb db, DateTimeOffset now)
    {
        var first = await db.CreditEntries.Where(entry => entry.UserId == UserId && entry.Number == 1)
            .Select(entry => (DateTimeOffset?)entry.At).SingleOrDefaultAsync();
        var (month, last) = (MonthOf(now), MonthOf(first ?? now));
        var months = new List<DateOnly>();
        for (; month >= last; month = month.AddMonths(-1))
            months.Add(month);
        return months;
    }

    /// <summary>What could be used when the month began; null for a statement of more or less than one whole month.</summary>
    public async Task<long?> CarriedAsync(DressoraDb db)
    {
        if (Month is not { } month || Kind is not null)
            return null;
        var begin = Zone.Begin(month, TimeZone);
        return await db.CreditEntries.Where(entry => entry.UserId == UserId && entry.At < begin)
            .OrderByDescending(entry => entry.Number).Select(entry => (long?)entry.AvailableAfter).FirstOrDefaultAsync();
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<StatementLine>> LinesAsync(DressoraDb db, int skip, int atMost)
    {
        var entries = await In(db).OrderByDescending(entry => entry.Number).Skip(skip).Take(atMost).ToListAsync();
        return await WithGrantsAsync(db, UserId, entries);
    }

    /// <summary>Every entry of an account, credits and uses, by number: no counting and no filter, so any page is as near.</summary>
    public static async Task<IReadOnlyList<StatementLine>> OfAccountAsync(DressoraDb db, long userId, Pager pager)
    {
        var newest = pager.Count - pager.Skip;
        var entries = await db.CreditEntries.Where(e => e.UserId == userId && e.Number <= newest && e.Number > newest - Pager.Rows)
            .OrderByDescending(e => e.Number).ToListAsync();
        return await WithGrantsAsync(db, userId, entries);
    }

    private static async Task<IReadOnlyList<StatementLine>> WithGrantsAsync(DressoraDb db, long userId, List<Entry> entries)
    {
        var ids = entries.Select(entry => entry.GrantId).OfType<long>().Distinct().ToList();
        var named = ids.Count <= Pager.Rows
            ? db.CreditGrants.Where(grant => ids.Contains(grant.Id))
            : db.CreditGrants.Where(grant => grant.UserId == userId);
        var grants = await named.ToDictionaryAsync(grant => grant.Id);
        return [.. entries.Select(entry => new StatementLine(entry, entry.GrantId is { } id ? grants[id] : null))];
    }

    private DateOnly MonthOf(DateTimeOffset instant)
    {
        var day = Zone.DayOf(instant, TimeZone);
        return new DateOnly(day.Year, day.Month, 1);
    }

    private EntryKind[]? Kinds() => Kind switch
    {
        StatementKind.In => [EntryKind.Granted],
        StatementKind.Held => [EntryKind.Frozen],
        StatementKind.Spent => [EntryKind.Settled],
        StatementKind.Back => [EntryKind.Released],
        StatementKind.Expired => [EntryKind.Expired, EntryKind.Forfeited],
        StatementKind.Taken => [EntryKind.Revoked, EntryKind.Corrected],
        StatementKind.Owed => [EntryKind.Owed, EntryKind.Netted],
        _ => null,
    };
}
