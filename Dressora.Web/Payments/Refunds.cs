using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

public enum RefundAnswer
{
    Asked,

    /// <summary>More than is left of the payment, or nothing.</summary>
    OutOfBounds,
    NoSuchPayment,

    /// <summary>The gateway will not.</summary>
    Declined,
}

/// <summary>Money that an admin sends back: written down first, then asked for, until the gateway has answered.</summary>
public sealed class Refunds(Database database, Gateways gateways, Cashier cashier, Reversals reversals, TimeProvider clock)
{
    public async Task<RefundAnswer> AskAsync(long paymentId, string key, long amount, string reason, long actorId, CancellationToken cancel)
    {
        var (answer, refund) = await database.WriteAsync(write => WriteDownAsync(write, paymentId, key, amount, reason, actorId), cancel);
        if (refund is not null && answer == RefundAnswer.Asked)
            await SendAsync(refund, cancel);
        if (refund is null)
            return answer;
        await using var db = database.OpenReader();
        return await db.Refunds.AnyAsync(r => r.Id == refund.Id && r.State == RefundState.Failed, cancel) ? RefundAnswer.Declined : answer;
    }

    /// <summary>An admin has dealt with money that was refused, by a refund or by hand: it is nobody's problem any more.</summary>
    public Task<bool> SettleAsync(long paymentId, long actorId, string reason) => database.WriteAsync(async write =>
    {
        var payment = await write.Db.Payments.SingleOrDefaultAsync(p => p.Id == paymentId);
        if (payment is not { State: PaymentState.Refused, SettledBy: null })
            return false;
        payment.Settle(actorId);
        write.Audit(actorId, "settle a payment", payment.ExternalId, reason);
        return true;
    });

    /// <summary>Wishes that the gateway did not hear, and refunds that are under way.</summary>
    internal async Task<int> SweepAsync(int atMost, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        var due = await db.Refunds.Where(r => r.CheckAt <= now).OrderBy(r => r.CheckAt).Take(atMost).ToListAsync(cancel);
        foreach (var refund in due)
            await SendAsync(refund, cancel);
        return due.Count;
    }

    private static async Task<(RefundAnswer Answer, Refund? Refund)> WriteDownAsync(
        Write write, long paymentId, string key, long amount, string reason, long actorId)
    {
        if (await write.Db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.Id == paymentId) is not { } known)
            return (RefundAnswer.NoSuchPayment, null);
        await write.HoldAsync($"payment {known.Gateway} {known.Mode} {known.ExternalId}");
        if (await write.Db.Refunds.SingleOrDefaultAsync(r => r.Key == key) is { } same)
            return (RefundAnswer.Asked, same);
        var payment = await write.Db.Payments.SingleAsync(p => p.Id == paymentId);
        var gone = await write.Db.Refunds.Where(r => r.PaymentId == paymentId && r.State != RefundState.Failed).SumAsync(r => r.Amount);
        if (payment.State is not (PaymentState.Captured or PaymentState.Refused) || amount < 1 || amount > payment.Amount - gone)
            return (RefundAnswer.OutOfBounds, null);
        var refund = new Refund(payment, key, amount, RefundState.Asked, reason, actorId, write.Now);
        write.Db.Refunds.Add(refund);
        if (payment.State == PaymentState.Refused)
            payment.Settle(actorId);
        write.Audit(actorId, "refund a payment", payment.ExternalId, $"{new Money(amount, payment.Currency).Exact()}: {reason}");
        return (RefundAnswer.Asked, refund);
    }

    private async Task SendAsync(Refund refund, CancellationToken cancel)
    {
        var at = new Counter(refund.Gateway, refund.Mode);
        await using var db = database.OpenReader();
        var payment = await db.Payments.SingleAsync(p => p.Id == refund.PaymentId, cancel);
        if (gateways.Find(at) is not { } gateway)
        {
            await ChangeAsync(payment, refund, row => row.Checked("This gateway is not set up in this mode.", clock.GetUtcNow()));
            return;
        }

        if (refund.ExternalId is not null)
        {
            var looked = await gateway.LookAtPaymentAsync(payment.ExternalId, cancel);
            foreach (var fact in looked.Value ?? [])
                await cashier.ApplyAsync(at, fact, cancel);
            await ChangeAsync(payment, refund, row => Mark(row, looked.Fault));
            return;
        }

        var told = await gateway.RefundAsync(payment, refund, cancel);
        if (told.Value is { } heard)
            await cashier.ApplyAsync(at, heard with { Key = refund.Key }, cancel);
        else
            await ChangeAsync(payment, refund, row => Mark(row, told.Fault));
    }

    private void Mark(Refund row, GatewayFault? fault)
    {
        if (fault is { IsFinal: true } && row.State == RefundState.Asked)
            row.Decline(fault.Message, clock.GetUtcNow());
        else if (row.SettledAt is null)
            row.Checked(fault?.Message ?? "", clock.GetUtcNow());
    }

    private Task ChangeAsync(Payment payment, Refund refund, Action<Refund> change) => database.WriteAsync(
        async write =>
        {
            await write.HoldAsync($"payment {payment.Gateway} {payment.Mode} {payment.ExternalId}");
            change(await write.Db.Refunds.SingleAsync(r => r.Id == refund.Id));
            await write.SaveAsync();
            if (await write.Db.Payments.SingleAsync(p => p.Id == payment.Id) is { State: PaymentState.Captured } held)
                await reversals.BalanceAsync(write, held, "refund declined");
        },
        CancellationToken.None);
}
