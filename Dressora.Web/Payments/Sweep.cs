using System.Globalization;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>Finds what nobody told us of. All it finds goes the same way as what we were told.</summary>
public sealed class Sweep(Database database, Gateways gateways, Till till, Refunds refunds, Grants grants, TimeProvider clock)
{
    private const int Step = 50;
    private const int PagesMax = 50;

    /// <summary>A bank may take days to say yes, and the payment keeps its first time.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(5);

    /// <summary>Our own unfinished rows: orders, plans and refunds whose time to be asked about has come; and months that begin.</summary>
    public async Task<string> AskAsync(CancellationToken cancel)
    {
        var (now, asked) = (clock.GetUtcNow(), 0);
        await using var db = database.OpenReader();
        foreach (var order in await db.Orders.Where(o => o.CheckAt <= now).OrderBy(o => o.CheckAt).Take(Step).ToListAsync(cancel))
        {
            await till.LookAsync(order, cancel);
            await database.WriteAsync(
                async write =>
                {
                    await write.HoldAsync($"order {order.Id}");
                    (await write.Db.Orders.SingleAsync(o => o.Id == order.Id)).Checked(write.Now);
                },
                cancel);
            asked++;
        }

        foreach (var plan in await db.Subscriptions.Where(s => s.CheckAt <= now).OrderBy(s => s.CheckAt).Take(Step).ToListAsync(cancel))
        {
            await till.TellAsync(plan, cancel);
            await till.LookAsync(plan, cancel);
            await database.WriteAsync(
                async write =>
                {
                    await write.HoldAsync($"subscription {plan.Gateway} {plan.Mode} {plan.ExternalId}");
                    (await write.Db.Subscriptions.SingleAsync(s => s.Id == plan.Id)).Checked(write.Now);
                },
                cancel);
            asked++;
        }

        asked += await refunds.SweepAsync(Step, cancel);
        var months = await grants.SweepAsync(Step);
        return string.Create(CultureInfo.InvariantCulture, $"{asked} asked about, {months} months begun");
    }

    /// <summary>The gateways' own lists of the last days: money that we have no row for is found here.</summary>
    public async Task<string> ListAsync(CancellationToken cancel)
    {
        var (seen, faults) = (0, new List<string>());
        foreach (var gateway in gateways.Ready)
        {
            var at = new Counter(gateway.Name, gateway.Traits!.Mode);
            var since = clock.GetUtcNow() - Window;
            for (var page = 0; page < PagesMax; page++)
            {
                var told = await gateway.ListAsync(since, page, cancel);
                if (told.Fault is { } fault)
                {
                    faults.Add($"{gateway.Name}: {fault.Code}");
                    break;
                }

                await till.TakeInAsync(gateway, at, told.Value!.Facts, cancel);
                seen += told.Value.Facts.Count;
                if (!told.Value.HasMore)
                    break;
            }
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"{seen} facts");
        return faults.Count == 0 ? said : $"failed: {string.Join(", ", faults)}; {said}";
    }
}
