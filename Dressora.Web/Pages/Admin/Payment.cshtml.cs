using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>One payment, all that became of it, and money sent back.</summary>
[Authorize(Doors.Staff)]
public sealed class PaymentModel(DressoraDb db, Refunds refunds, IStringLocalizer<Words> words) : Room
{
    private const int UnitMinor = 100;
    private const int PartsOfUnit = 10_000;

    [BindProperty]
    public Input Form { get; set; } = new();

    public Payment Payment { get; private set; } = null!;
    public Order? Order { get; private set; }
    public IReadOnlyList<string> Sources { get; private set; } = [];
    public IReadOnlyList<Receipt> Receipts { get; private set; } = [];
    public IReadOnlyList<Dispute> Disputes { get; private set; } = [];
    public IReadOnlyList<Refund> Refunds { get; private set; } = [];

    /// <summary>Of the money, what has not gone back.</summary>
    public long Left { get; private set; }

    /// <summary>Of that, what pays for credits nobody used.</summary>
    public long Unused { get; private set; }

    public MoneyWords InWords => new(words);

    private string Here => $"/admin/payments/{Payment.Id}";

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (!await LoadAsync(id))
            return NotFound();
        var offered = Unused > 0 ? Unused : Left;
        Form = new Input { Key = Guid.NewGuid().ToString("N"), Amount = (offered / (decimal)UnitMinor).ToString("F2", CultureInfo.CurrentCulture) };
        return Page();
    }

    public async Task<IActionResult> OnPostRefundAsync(long id)
    {
        if (!await LoadAsync(id))
            return NotFound();
        var amount = Exchange.Parse(Form.Amount) is { } typed && typed % (PartsOfUnit / UnitMinor) == 0 ? typed / (PartsOfUnit / UnitMinor) : 0;
        if (amount < 1 || amount > Left)
            ModelState.AddModelError("Form.Amount", words["An amount up to what is left of the payment."]);
        if (string.IsNullOrWhiteSpace(Form.Reason) || Form.Reason.Length > Refund.ReasonMax || Form.Key is not { Length: 32 })
            ModelState.AddModelError("Form.Reason", words["Say why, for whoever reads the audit list."]);
        if (!ModelState.IsValid)
            return Refused();
        var answer = await refunds.AskAsync(id, Form.Key!, amount, Form.Reason!.Trim(), HttpContext.Person().UserId, HttpContext.RequestAborted);
        if (answer == RefundAnswer.Asked)
            Say(words["Asked for. The payment company's answer stands below, now or in a while."]);
        else
            Say(words["It was not sent back. The line below says why."], Tone.Bad);
        return RedirectSeeOther(Here);
    }

    public async Task<IActionResult> OnPostSettleAsync(long id, string? reason)
    {
        if (!await LoadAsync(id) || string.IsNullOrWhiteSpace(reason) || reason.Length > Refund.ReasonMax)
            return NotFound();
        if (await refunds.SettleAsync(id, HttpContext.Person().UserId, reason.Trim()))
            Say(words["Settled. It is no problem any more."]);
        return RedirectSeeOther(Here);
    }

    private async Task<bool> LoadAsync(long id)
    {
        if (await db.Payments.SingleOrDefaultAsync(p => p.Id == id) is not { } payment)
            return false;
        Payment = payment;
        Order = await db.Orders.SingleOrDefaultAsync(o => o.Id == payment.OrderId);
        Sources = await db.PaymentGrants.Where(g => g.PaymentId == id).OrderBy(g => g.At).Select(g => g.Source).ToListAsync();
        Receipts = await db.Receipts.Where(r => r.PaymentId == id).OrderBy(r => r.Number).ToListAsync();
        Disputes = await db.Disputes.Where(d => d.PaymentId == id).OrderBy(d => d.Id).ToListAsync();
        Refunds = await db.Refunds.Where(r => r.PaymentId == id).OrderBy(r => r.Id).ToListAsync();
        Left = payment.Amount - Refunds.Where(r => r.Counts).Sum(r => r.Amount);
        var available = await db.CreditGrants.Where(g => Sources.Contains(g.Source)).SumAsync(g => g.Available);
        var unused = available + payment.Credits - payment.Granted - payment.Withheld;
        Unused = payment.Credits == 0 ? Left : Math.Min(Left, (long)((Int128)payment.Amount * unused / payment.Credits));
        return true;
    }

    public sealed class Input
    {
        public string? Key { get; set; }
        public string? Amount { get; set; }
        public string? Reason { get; set; }
    }
}
