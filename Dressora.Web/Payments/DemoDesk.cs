using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>What the buttons of the demo's pages do.</summary>
public sealed class DemoDesk(Database database, DemoBooks books, DemoGateway gateway, DemoPhone phone)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>An order that is paid here, and whose it is; null for any other.</summary>
    public async Task<DemoView?> FindAsync(string number, long userId, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        if (gateway.Traits is null || await db.Orders.SingleOrDefaultAsync(o => o.Number == number && o.UserId == userId, cancel) is not { Gateway: DemoGateway.Own } order)
            return null;
        var id = DemoGateway.IdOf(order);
        var payments = await books.UnderAsync(id, DemoKind.Payment, cancel);
        var disputes = payments.Count == 0 ? [] : await books.UnderAsync(payments[^1].Id, DemoKind.Dispute, cancel);
        return new DemoView(order, payments, disputes.LastOrDefault(), order.Kind == OrderKind.Plan ? await books.FindAsync(id, cancel) : null);
    }

    /// <summary>Where the browser goes on.</summary>
    public async Task<string> DoAsync(DemoView view, DemoAct act, CancellationToken cancel)
    {
        switch (act)
        {
            case DemoAct.Pay or DemoAct.PayAndStutter or DemoAct.PayLate or DemoAct.Fail:
                return await PayAsync(view, act, cancel);
            case DemoAct.Renew:
                await RenewAsync(view, cancel);
                break;
            case DemoAct.FailToRenew when view.Plan is { } plan:
                await phone.SayAsync("subscription.pending", [(SubscriptionFact)DemoBooks.FactOf(plan) with { State = SubscriptionState.PastDue }], default, cancel);
                break;
            case DemoAct.Refund or DemoAct.RefundHalf when view.Paid is { } paid:
                var half = act == DemoAct.RefundHalf ? Math.Max(1, paid.Amount / 2) : paid.Amount;
                await AddAsync("refund.processed", new DemoRecord(
                    DemoBooks.NewId("drfn"), DemoKind.Refund, paid.Id, "", nameof(RefundState.Succeeded), new Money(half, paid.Currency), paid.At), cancel);
                break;
            case DemoAct.Dispute when view.Paid is { } paid:
                await AddAsync("payment.dispute.created", new DemoRecord(
                    DemoBooks.NewId("ddis"), DemoKind.Dispute, paid.Id, "", nameof(DisputeState.Open), paid.Price, paid.At), cancel);
                break;
            case DemoAct.Win or DemoAct.Lose when view.Dispute is { State: nameof(DisputeState.Open) } dispute:
                await JudgeAsync(dispute, act == DemoAct.Win ? DisputeState.Won : DisputeState.Lost, cancel);
                break;
        }

        return "/demo/" + view.Order.Number;
    }

    private async Task<string> PayAsync(DemoView view, DemoAct act, CancellationToken cancel)
    {
        var (order, id) = (view.Order, DemoGateway.IdOf(view.Order));
        var made = await books.ChangeAsync(id, write => ChargeAsync(write, order, id, act));
        var fact = (PaymentFact)DemoBooks.FactOf(made);
        if (act is DemoAct.Fail or DemoAct.PayLate)
            await phone.SayAsync("payment.failed", [fact with { State = PaymentState.Failed }], default, cancel);
        if (act == DemoAct.Fail)
            return "/billing/return/" + order.Number;
        await phone.SayAsync("payment.captured", [fact], act == DemoAct.PayLate ? Late : default, cancel);
        if (act == DemoAct.PayAndStutter)
        {
            await phone.SayAsync("order.paid", [fact], default, cancel);
            await phone.SayAsync("payment.authorized", [fact with { State = PaymentState.Pending }], default, cancel);
        }

        // Whoever is to wait for the bank comes back with nothing to show.
        return act == DemoAct.PayLate ? "/billing/return/" + order.Number : "/billing/return/" + order.Number + await phone.SignAsync(id, made.Id);
    }

    private static async Task<DemoRecord> ChargeAsync(Write write, Order order, string id, DemoAct act)
    {
        // One order is paid once; a second tap finds the first payment.
        var paid = await write.Db.DemoRecords.FirstOrDefaultAsync(r => r.Parent == id && r.Kind == DemoKind.Payment && r.State == nameof(PaymentState.Captured));
        if (paid is not null)
            return paid;
        var state = act == DemoAct.Fail ? PaymentState.Failed : PaymentState.Captured;
        paid = new DemoRecord(DemoBooks.NewId("dpay"), DemoKind.Payment, id, order.Number, state.ToString(), order.Price, write.Now);
        write.Db.DemoRecords.Add(paid);
        if (act != DemoAct.Fail && await write.Db.DemoRecords.SingleOrDefaultAsync(r => r.Id == id && r.Kind == DemoKind.Subscription) is { } plan)
        {
            plan.Lasting(write.Now, DemoBooks.After(plan, write.Now)).Turn(nameof(SubscriptionState.Active));
            paid.Lasting(plan.StartsAt!.Value, plan.EndsAt!.Value);
        }

        return paid;
    }

    /// <summary>The next period now, without waiting for its day.</summary>
    private async Task RenewAsync(DemoView view, CancellationToken cancel)
    {
        if (view.Plan is not { EndsAt: { } ends, State: nameof(SubscriptionState.Active) } plan)
            return;
        var paid = await books.ChangeAsync(plan.Id, async write =>
        {
            var row = await write.Db.DemoRecords.SingleAsync(r => r.Id == plan.Id);
            var next = DemoBooks.After(row, ends);
            var payment = new DemoRecord(
                DemoBooks.NewId("dpay"), DemoKind.Payment, row.Id, row.Number, nameof(PaymentState.Captured), row.Price, write.Now).Lasting(ends, next);
            write.Db.DemoRecords.Add(payment);
            row.Lasting(ends, next);
            return payment;
        });
        await phone.SayAsync("subscription.charged", [DemoBooks.FactOf(paid)], default, cancel);
    }

    private async Task JudgeAsync(DemoRecord dispute, DisputeState state, CancellationToken cancel)
    {
        var judged = await books.ChangeAsync(dispute.Id, async write =>
        {
            var row = await write.Db.DemoRecords.SingleAsync(r => r.Id == dispute.Id);
            row.Turn(state.ToString());
            return row;
        });
        await phone.SayAsync("payment.dispute." + state.ToString().ToLowerInvariant(), [DemoBooks.FactOf(judged)], default, cancel);
    }

    private async Task AddAsync(string name, DemoRecord record, CancellationToken cancel)
    {
        await books.ChangeAsync(record.Parent, write =>
        {
            write.Db.DemoRecords.Add(record);
            return Task.FromResult(true);
        });
        await phone.SayAsync(name, [DemoBooks.FactOf(record)], default, cancel);
    }
}

/// <summary>What the demo's page shows of an order.</summary>
public sealed record DemoView(Order Order, IReadOnlyList<DemoRecord> Payments, DemoRecord? Dispute, DemoRecord? Plan)
{
    public DemoRecord? Paid => Payments.LastOrDefault(payment => payment.State == nameof(PaymentState.Captured));
}
