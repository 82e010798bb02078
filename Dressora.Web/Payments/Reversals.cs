using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>
/// Credits of money that went back. What should be taken follows from the refunds and disputes as they stand, never from
/// the order in which they were heard of: what is missing is taken, what is too much comes back.
/// </summary>
public sealed class Reversals(CreditLedger ledger, Grants grants, MoneyLetters letters)
{
    internal async Task<Applied> AfterRefundAsync(Write write, Payment payment, Refund refund, RefundState before)
    {
        if (payment.State != PaymentState.Captured)
            return Applied.Noted;
        var moved = await BalanceAsync(write, payment, $"refund {refund.ExternalId}");
        if (refund.State == RefundState.Succeeded)
            await Receipts.IssueAsync(write, payment, refund);
        if (refund.State != before || moved != 0)
            await letters.RefundedAsync(write, payment, refund);
        return moved == 0 ? Applied.Noted : Applied.Reversed;
    }

    internal async Task<Applied> AfterDisputeAsync(Write write, Payment payment, Dispute dispute)
    {
        if (payment.State != PaymentState.Captured)
            return Applied.Noted;
        var moved = await BalanceAsync(write, payment, $"dispute {dispute.ExternalId}");
        await letters.DisputedAsync(write, payment, dispute);
        return moved == 0 ? Applied.Noted : Applied.Reversed;
    }

    /// <summary>Positive when credits were taken, negative when they came back.</summary>
    internal async Task<long> BalanceAsync(Write write, Payment payment, string reason)
    {
        var refunded = await write.Db.Refunds.Where(r => r.PaymentId == payment.Id && r.State != RefundState.Failed).SumAsync(r => r.Amount);
        var disputes = await write.Db.Disputes.Where(d => d.PaymentId == payment.Id && d.State != DisputeState.Won).ToListAsync();
        var lost = disputes.Where(d => d.State == DisputeState.Lost).Sum(d => d.Amount);
        var firm = CreditsOf(payment, refunded + lost);
        var loose = CreditsOf(payment, refunded + disputes.Sum(d => d.Amount));
        var before = payment.Reversed;
        if (payment.Reversed < firm)
            await TakeAsync(write, payment, firm - payment.Reversed, reason, onlyWhatIsLeft: false);
        if (payment.Reversed < loose)
            await TakeAsync(write, payment, loose - payment.Reversed, reason, onlyWhatIsLeft: true);
        else if (payment.Reversed > loose && payment.Restore(payment.Reversed - loose) is > 0 and var anew)
            await grants.RestoreAsync(write, payment, anew, reason);
        await write.SaveAsync();
        return payment.Reversed - before;
    }

    /// <summary>The part of the credits that a part of the money bought, parts of one left with the person; all of it buys all.</summary>
    private static long CreditsOf(Payment payment, long amount) =>
        amount >= payment.Amount ? payment.Credits : (long)((Int128)payment.Credits * amount / payment.Amount);

    /// <summary>First what was not given yet, then from the newest source back; what was spent is owed.</summary>
    private async Task TakeAsync(Write write, Payment payment, long credits, string reason, bool onlyWhatIsLeft)
    {
        credits -= payment.Withhold(credits);
        await write.SaveAsync();
        var (turn, sources) = (payment.Turn(), await SourcesAsync(write, payment.Id));
        foreach (var (source, available) in sources)
        {
            var part = onlyWhatIsLeft ? Math.Min(credits, available) : credits;
            if (part == 0)
                continue;
            var outcome = await ledger.RevokeAsync(write, new Command($"reverse:{source}:{turn}"), source, part, reason);
            if (outcome is not Revoked revoked)
                throw new InvalidOperationException($"Credits of a payment were not taken back: {outcome}.");
            var done = revoked.Taken + revoked.Owed + revoked.Recalled;
            payment.Reverse(done, 0);
            credits -= done;
        }

        // What is left then had run out by itself: there is nothing to take, and nothing to give back later.
        if (!onlyWhatIsLeft && credits > 0)
            payment.Reverse(credits, credits);
    }

    private static async Task<List<(string Source, long Available)>> SourcesAsync(Write write, long paymentId)
    {
        var rows = await write.Db.PaymentGrants.Where(g => g.PaymentId == paymentId)
            .Join(write.Db.CreditGrants, g => g.Source, grant => grant.Source, (g, grant) => new { g.Source, grant.Id, grant.Available, grant.ExpiresAt })
            .OrderByDescending(row => row.Id).AsNoTracking().ToListAsync();
        return [.. rows.Select(row => (row.Source, row.ExpiresAt > write.Now ? row.Available : 0))];
    }
}
