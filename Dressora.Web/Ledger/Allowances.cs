using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Ledger;

/// <summary>The month's free credits and the day's free uses: issued when first looked at, or by the sweep, once each.</summary>
public sealed class Allowances(
    Database database, Glances glances, CreditLedger ledger, IOptionsMonitor<AllowanceOptions> options, TimeProvider clock)
{
    private const string MonthPrefix = "free:";

    private static readonly TimeSpan Awake = TimeSpan.FromDays(30);

    public async Task EnsureAsync(long userId, string timeZone)
    {
        var due = Due(userId, timeZone, clock.GetUtcNow());
        var there = 0L;
        foreach (var order in due)
            there += await glances.NumberAsync("SELECT count(*) FROM credit_grants WHERE source = @source", CancellationToken.None, ("@source", order.Source));
        if (there == due.Count)
            return;
        await database.WriteAsync(write => IssueAsync(write, userId, timeZone));
    }

    /// <summary>For a page that only looks: where nothing can be written now, it shows what is there.</summary>
    public async Task TryEnsureAsync(long userId, string timeZone)
    {
        try
        {
            await EnsureAsync(userId, timeZone);
        }
        catch (DatabaseUnavailableException)
        {
        }
    }

    /// <summary>For a verb that is about to freeze: whatever is due is there before it looks.</summary>
    public async Task IssueAsync(Write write, long userId, string timeZone)
    {
        foreach (var order in Due(userId, timeZone, write.Now))
        {
            if (await GrantRows.FindAsync(write, order.Source) is null)
                await ledger.GrantAsync(write, order);
        }
    }

    /// <summary>The month's credits for a bounded number of people who were here lately; says how many.</summary>
    public async Task<int> SweepAsync(int atMost)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        var people = await db.Users
            .Where(user => user.EmailConfirmed && user.SuspendedAt == null && user.SeenAt > now - Awake)
            .Where(user => !db.CreditGrants.Any(grant => grant.UserId == user.Id && grant.Source.StartsWith(MonthPrefix)
                && grant.EffectiveAt <= now && grant.ExpiresAt > now))
            .OrderBy(user => user.Id).Take(options.CurrentValue.MonthlyCredits > 0 ? atMost : 0)
            .Select(user => new { user.Id, user.TimeZone }).ToListAsync();
        foreach (var person in people)
            await EnsureAsync(person.Id, person.TimeZone);
        return people.Count;
    }

    private List<GrantOrder> Due(long userId, string timeZone, DateTimeOffset now)
    {
        var due = new List<GrantOrder>(3);
        var allowance = options.CurrentValue;
        if (allowance.MonthlyCredits > 0)
        {
            var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
            due.Add(new GrantOrder(
                userId, Category.Plan, allowance.MonthlyCredits, month, month.AddMonths(1), MonthSource(userId, now), "free plan"));
        }

        var day = Zone.DayOf(now, timeZone);
        AddDay(due, userId, day, timeZone, Scopes.Chat, allowance.DailyChat);
        AddDay(due, userId, day, timeZone, Scopes.Image, allowance.DailyImages);
        return due;
    }

    private static void AddDay(List<GrantOrder> due, long userId, DateOnly day, string timeZone, string scope, int uses)
    {
        if (uses > 0)
        {
            due.Add(new GrantOrder(
                userId, Category.Daily, uses, Zone.Begin(day, timeZone), Zone.Begin(day.AddDays(1), timeZone),
                string.Create(CultureInfo.InvariantCulture, $"daily:{scope}:{userId}:{day:yyyy-MM-dd}"), "daily allowance", scope));
        }
    }

    private static string MonthSource(long userId, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{MonthPrefix}{userId}:{now.UtcDateTime:yyyy-MM}");
}
