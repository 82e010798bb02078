using System.Security.Cryptography;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>The demo gateway's own memory, and what it says about each thing in it.</summary>
public sealed class DemoBooks(Database database, TimeProvider clock)
{
    internal const string Ending = "ending";
    private const string SecretId = "secret";
    private const int PageMax = 100;

    private string? _secret;

    /// <summary>What it signs with: made at the first need, the same on every server of the house.</summary>
    internal async Task<string> SecretAsync() => _secret ??= await database.WriteAsync(async write =>
    {
        await write.HoldAsync("demo secret");
        var kept = await write.Db.DemoRecords.SingleOrDefaultAsync(r => r.Id == SecretId);
        if (kept is null)
        {
            var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
            write.Db.DemoRecords.Add(kept = new DemoRecord(SecretId, DemoKind.Secret, "", "", made, new Money(0, ""), write.Now));
        }

        return kept.State;
    });

    internal async Task<DemoRecord?> FindAsync(string id, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.DemoRecords.SingleOrDefaultAsync(r => r.Id == id, cancel);
    }

    internal async Task<List<DemoRecord>> UnderAsync(string parent, DemoKind kind, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.DemoRecords.Where(r => r.Parent == parent && r.Kind == kind).OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(cancel);
    }

    internal async Task<FactPage> SinceAsync(DateTimeOffset since, int page, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        var rows = await db.DemoRecords.Where(r => r.At >= since && (r.Kind == DemoKind.Payment || r.Kind == DemoKind.Refund))
            .OrderBy(r => r.Kind).ThenBy(r => r.At).ThenBy(r => r.Id).Skip(page * PageMax).Take(PageMax).ToListAsync(cancel);
        return new FactPage([.. rows.Select(FactOf)], rows.Count == PageMax);
    }

    /// <summary>One at a time, as one desk would.</summary>
    internal Task<T> ChangeAsync<T>(string id, Func<Write, Task<T>> change) => database.WriteAsync(async write =>
    {
        await write.HoldAsync($"demo {id}");
        return await change(write);
    });

    /// <summary>Periods whose time has come are paid, unless the plan was told to end: then it ends.</summary>
    internal Task RenewAsync(string id) => ChangeAsync(id, async write =>
    {
        var plan = await write.Db.DemoRecords.SingleOrDefaultAsync(r => r.Id == id);
        while (plan is { EndsAt: { } ends } && ends <= clock.GetUtcNow() && plan.State is nameof(SubscriptionState.Active) or Ending)
        {
            if (plan!.State == Ending)
            {
                plan.Turn(nameof(SubscriptionState.Ended));
                break;
            }

            var next = After(plan, plan.EndsAt!.Value);
            write.Db.DemoRecords.Add(new DemoRecord(
                NewId("dpay"), DemoKind.Payment, plan.Id, plan.Number, nameof(PaymentState.Captured), plan.Price, write.Now)
                .Lasting(plan.EndsAt.Value, next));
            plan.Lasting(plan.EndsAt.Value, next);
        }

        return true;
    });

    internal static DateTimeOffset After(DemoRecord plan, DateTimeOffset from) =>
        plan.Parent == nameof(Period.Year) ? from.AddYears(1) : from.AddMonths(1);

    internal static string NewId(string kind) => $"{kind}_{RandomNumberGenerator.GetHexString(14, lowercase: true)}";

    internal static Fact FactOf(DemoRecord record) => record.Kind switch
    {
        DemoKind.Payment => new PaymentFact(
            record.Id, Enum.Parse<PaymentState>(record.State), record.Amount, record.Currency,
            record.Parent.StartsWith("dsub_", StringComparison.Ordinal) ? null : record.Parent, record.Number,
            record.Parent.StartsWith("dsub_", StringComparison.Ordinal) ? record.Parent : null, null, record.StartsAt, record.EndsAt),
        DemoKind.Refund => new RefundFact(
            record.Id, record.Parent, Enum.Parse<RefundState>(record.State), record.Amount, record.Currency, record.Number.Length > 0 ? record.Number : null),
        DemoKind.Dispute => new DisputeFact(
            record.Id, record.Parent, Enum.Parse<DisputeState>(record.State), record.Amount, record.Currency),
        _ => new SubscriptionFact(
            record.Id, record.State == Ending ? SubscriptionState.Active : Enum.Parse<SubscriptionState>(record.State),
            record.StartsAt, record.EndsAt, record.State == Ending),
    };
}
