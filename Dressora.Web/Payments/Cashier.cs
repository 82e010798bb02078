using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>
/// The one way from what a gateway says to credits. A webhook, a return and the sweep all come here, in any order and as
/// often as they like: the payment's row and its grant are one write, and the row is there once.
/// </summary>
public sealed partial class Cashier(
    Database database, Glances glances, Grants grants, Reversals reversals, MoneyLetters letters, ILogger<Cashier> log)
{
    private const string IsCaptured =
        "SELECT count(*) FROM payments WHERE gateway = @gateway AND mode = @mode AND external_id = @id AND state = 'Captured'";

    public async Task<Applied> ApplyAsync(Counter at, Fact fact, CancellationToken cancel = default)
    {
        if (fact is PaymentFact known && await IsKnownAsync(at, known, cancel))
            return Applied.Known;
        return await database.WriteAsync(write => ApplyAsync(write, at, fact), cancel);
    }

    private Task<Applied> ApplyAsync(Write write, Counter at, Fact fact) => fact switch
    {
        PaymentFact payment => PayAsync(write, at, payment),
        RefundFact refund => RefundAsync(write, at, refund),
        DisputeFact dispute => DisputeAsync(write, at, dispute),
        SubscriptionFact subscription => FollowAsync(write, at, subscription),
        _ => Task.FromResult(Applied.Known),
    };

    /// <summary>Most of what comes was said before: that costs one look and no write.</summary>
    private async Task<bool> IsKnownAsync(Counter at, PaymentFact fact, CancellationToken cancel) => await glances.NumberAsync(
        IsCaptured, cancel, ("@gateway", at.Gateway), ("@mode", at.Mode.ToString()), ("@id", fact.PaymentId)) > 0;

    private async Task<Applied> PayAsync(Write write, Counter at, PaymentFact fact)
    {
        var payment = await FindAsync(write, at, fact.PaymentId);
        if (payment is { State: PaymentState.Captured } or { SettledBy: not null })
            return Applied.Known;
        var subject = await Subject.FindAsync(write, at, fact);
        if (payment is null)
            write.Db.Payments.Add(payment = new Payment(at, fact, write.Now));
        if (subject is not null && payment.State != PaymentState.Refused)
            payment.For(subject);
        if (fact.State != PaymentState.Captured)
        {
            payment.Move(fact.State);
            return Applied.Noted;
        }

        if (await Subject.FaultAsync(write, subject, fact) is { } fault)
        {
            payment.Refuse(fault);
            Log.Refused(log, fact.PaymentId, fault);
            return Applied.Refused;
        }

        await CaptureAsync(write, payment, subject!, fact);
        return Applied.Granted;
    }

    private async Task CaptureAsync(Write write, Payment payment, Subject subject, PaymentFact fact)
    {
        payment.Capture(fact, subject, write.Now);
        var ends = payment.BeginsAt!.Value.AddMonths(subject.Months);
        if (subject.Order is { State: not OrderState.Paid } order)
        {
            order.Pay(write.Now);
            if (order.ReplacesId is { } replaced && await write.Db.Subscriptions.SingleOrDefaultAsync(s => s.Id == replaced) is { } old)
                old.Want(Wish.Cancel, write.Now);
        }

        subject.Subscription?.Renew(payment.BeginsAt.Value, fact.EndsAt ?? ends, write.Now);
        await write.SaveAsync();
        await grants.GiveAsync(write, payment, subject.IsPlan);
        var receipt = await Receipts.IssueAsync(write, payment, null);
        // A refund or dispute may have been heard of before the money itself.
        await reversals.BalanceAsync(write, payment, "refunded before it was here");
        await letters.PaidAsync(write, payment, subject, receipt);
        await write.SaveAsync();
    }

    private async Task<Applied> RefundAsync(Write write, Counter at, RefundFact fact)
    {
        if (await FindAsync(write, at, fact.PaymentId) is not { } payment)
            return Applied.Unknown;
        var refund = await write.Db.Refunds.SingleOrDefaultAsync(r => r.Gateway == at.Gateway && r.Mode == at.Mode && r.ExternalId == fact.RefundId);
        refund ??= fact.Key is { } key ? await write.Db.Refunds.SingleOrDefaultAsync(r => r.Key == key && r.PaymentId == payment.Id) : null;
        if (refund is null)
        {
            refund = new Refund(payment, $"{payment.Key}:{fact.RefundId}", fact.Amount, RefundState.Pending, "", null, write.Now);
            write.Db.Refunds.Add(refund);
        }

        var before = refund.State;
        refund.Follow(fact, write.Now);
        await write.SaveAsync();
        return await reversals.AfterRefundAsync(write, payment, refund, before);
    }

    private async Task<Applied> DisputeAsync(Write write, Counter at, DisputeFact fact)
    {
        if (await FindAsync(write, at, fact.PaymentId) is not { } payment)
            return Applied.Unknown;
        var dispute = await write.Db.Disputes.SingleOrDefaultAsync(d => d.Gateway == at.Gateway && d.Mode == at.Mode && d.ExternalId == fact.DisputeId);
        var isNew = dispute is null;
        if (dispute is null)
            write.Db.Disputes.Add(dispute = new Dispute(payment, fact, write.Now));
        var before = dispute.State;
        dispute.Follow(fact.State, write.Now);
        await write.SaveAsync();
        if (!isNew && before == dispute.State)
            return Applied.Known;
        return await reversals.AfterDisputeAsync(write, payment, dispute);
    }

    private async Task<Applied> FollowAsync(Write write, Counter at, SubscriptionFact fact)
    {
        await write.HoldAsync($"subscription {at.Gateway} {at.Mode} {fact.SubscriptionId}");
        var subscription = await write.Db.Subscriptions
            .SingleOrDefaultAsync(s => s.Gateway == at.Gateway && s.Mode == at.Mode && s.ExternalId == fact.SubscriptionId);
        if (subscription is null)
            return Applied.Known;
        var before = subscription.State;
        subscription.Follow(fact, write.Now);
        if (before == SubscriptionState.Active && subscription.State == SubscriptionState.PastDue)
            await letters.TroubledAsync(write, subscription);
        return Applied.Noted;
    }

    private static async Task<Payment?> FindAsync(Write write, Counter at, string id)
    {
        await write.HoldAsync($"payment {at.Gateway} {at.Mode} {id}");
        return await write.Db.Payments.SingleOrDefaultAsync(p => p.Gateway == at.Gateway && p.Mode == at.Mode && p.ExternalId == id);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Payment {Payment} is not what was asked for ({Fault}); nothing was given for it, Admin, Money shows it")]
        public static partial void Refused(ILogger logger, string payment, PaymentFault fault);
    }
}
