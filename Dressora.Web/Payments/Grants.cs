using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>From a payment to credits in the ledger, each part under a source of its own.</summary>
public sealed class Grants(Database database, CreditLedger ledger, TimeProvider clock)
{
    private const int BoughtMonths = 12;

    /// <summary>The first part; a year's plan gives one each month.</summary>
    internal async Task GiveAsync(Write write, Payment payment, bool isPlan)
    {
        if (!isPlan)
        {
            var bought = new GrantOrder(
                payment.UserId!.Value, Category.Paid, payment.Credits, write.Now, write.Now.AddMonths(BoughtMonths), SourceOf(payment, 0), "bought");
            Expect(await ledger.GrantAsync(write, bought));
            Keep(write, payment, bought.Source, bought.Amount, 0);
            payment.Give(bought.Amount);
            return;
        }

        await GiveMonthAsync(write, payment);
    }

    /// <summary>The months of yearly plans that have begun, a bounded number; says how many.</summary>
    public async Task<int> SweepAsync(int atMost)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        var due = await db.Payments.Where(p => p.NextGrantAt <= now).OrderBy(p => p.NextGrantAt).Take(atMost).Select(p => new { p.Id, p.Gateway, p.Mode, p.ExternalId }).ToListAsync();
        foreach (var one in due)
        {
            await database.WriteAsync(async write =>
            {
                await write.HoldAsync($"payment {one.Gateway} {one.Mode} {one.ExternalId}");
                var payment = await write.Db.Payments.SingleAsync(p => p.Id == one.Id);
                if (payment.NextGrantAt <= write.Now)
                    await GiveMonthAsync(write, payment);
            });
        }

        return due.Count;
    }

    /// <summary>What was taken back and is not owed any more comes anew: it pays what it left as debt first.</summary>
    internal async Task RestoreAsync(Write write, Payment payment, long credits, string reason)
    {
        var latest = await write.Db.CreditGrants
            .Where(grant => write.Db.PaymentGrants.Any(g => g.PaymentId == payment.Id && g.Source == grant.Source))
            .MaxAsync(grant => grant.ExpiresAt);
        var until = latest > write.Now.AddMonths(1) ? latest : write.Now.AddMonths(1);
        var (turn, user) = (payment.Turn(), payment.UserId!.Value);
        var order = new GrantOrder(user, Category.Paid, credits, write.Now, until, $"restore:{payment.Key}:{turn}", reason);
        Expect(await ledger.GrantAsync(write, order));
        Keep(write, payment, order.Source, credits, turn);
    }

    private async Task GiveMonthAsync(Write write, Payment payment)
    {
        var month = payment.GrantedMonths;
        var credits = payment.Due(month);
        if (credits > 0)
        {
            var terms = await write.Db.SaleTerms.SingleAsync();
            var begins = payment.BeginsAt!.Value;
            // What is paid before its period begins may be used at once.
            var effective = begins.AddMonths(month) is var due && due < write.Now ? due : write.Now;
            var owed = await PayOwedAsync(write, payment, credits, month);
            var order = new GrantOrder(
                payment.UserId!.Value, Category.Plan, Math.Max(1, credits - owed), effective, begins.AddMonths(month + (terms.ResetsPlans ? 1 : 2)),
                SourceOf(payment, month), "plan");
            if (credits > owed)
            {
                Expect(await ledger.RenewAsync(write, order, terms.ResetsPlans));
                Keep(write, payment, order.Source, order.Amount, 0);
            }
        }

        payment.Give(credits);
    }

    /// <summary>Debt is paid by what is bought, and a plan is bought: that part of it comes as bought credits, which pay at once.</summary>
    private async Task<long> PayOwedAsync(Write write, Payment payment, long credits, int month)
    {
        var userId = payment.UserId!.Value;
        var debt = await write.Db.CreditAccounts.AsNoTracking().Where(a => a.UserId == userId).Select(a => a.Debt).SingleOrDefaultAsync();
        var owed = Math.Min(debt, credits);
        if (owed == 0)
            return 0;
        var order = new GrantOrder(
            userId, Category.Paid, owed, write.Now, write.Now.AddMonths(BoughtMonths), SourceOf(payment, month) + ":owed", "plan");
        Expect(await ledger.GrantAsync(write, order));
        Keep(write, payment, order.Source, owed, 0);
        return owed;
    }

    private static string SourceOf(Payment payment, int month) => month == 0 ? $"payment:{payment.Key}" : $"payment:{payment.Key}:{month}";

    private static void Keep(Write write, Payment payment, string source, long credits, int turn) =>
        write.Db.PaymentGrants.Add(new PaymentGrant(source, payment.Id, turn, credits, write.Now));

    private static void Expect(Outcome outcome)
    {
        if (outcome is not Granted)
            throw new InvalidOperationException($"A payment's credits were not granted: {outcome}.");
    }
}
