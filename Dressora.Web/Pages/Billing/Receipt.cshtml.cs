using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>A receipt or a credit note, to print; for whom it was issued and nobody else.</summary>
[Authorize(Doors.Person)]
public sealed class ReceiptModel(DressoraDb db, IStringLocalizer<Words> words) : Room
{
    public Receipt Receipt { get; private set; } = null!;
    public Payment Payment { get; private set; } = null!;
    public string What { get; private set; } = "";

    /// <summary>Of a credit note: the receipt it takes back from.</summary>
    public string? First { get; private set; }
    public string Buyer { get; private set; } = "";
    public bool IsTest => Payment.Mode == Mode.Test;
    public BillingWords InWords => new(words, HttpContext.Person().TimeZone);

    public async Task<IActionResult> OnGetAsync(string number)
    {
        var person = HttpContext.Person();
        if (await db.Receipts.SingleOrDefaultAsync(r => r.Number == number && r.UserId == person.UserId) is not { } receipt)
            return NotFound();
        (Receipt, Payment) = (receipt, await db.Payments.SingleAsync(p => p.Id == receipt.PaymentId));
        Buyer = person.Name.Length > 0 ? $"{person.Name}, {person.Email}" : person.Email;
        var order = await db.Orders.SingleAsync(o => o.Id == Payment.OrderId);
        What = InWords.What(order);
        if (receipt.RefundId is not null)
            First = await db.Receipts.Where(r => r.PaymentId == Payment.Id && r.RefundId == null).Select(r => r.Number).SingleOrDefaultAsync();
        return Page();
    }
}
