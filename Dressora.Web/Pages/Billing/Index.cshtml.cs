using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>The plan of now, and every payment with its receipt and what became of it.</summary>
[Authorize(Doors.Person)]
public sealed class IndexModel(DressoraDb db, Plans plans, NoticeBoard board, IStringLocalizer<Words> words) : Room
{
    private const int OpenMax = 5;

    public Subscription? Plan { get; private set; }
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<Order> Open { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public BillingWords InWords => new(words, HttpContext.Person().TimeZone);

    public async Task OnGetAsync()
    {
        var userId = HttpContext.Person().UserId;
        Plan = await plans.OfAsync(userId);
        Open = await db.Orders.Where(o => o.UserId == userId && o.State == OrderState.Open).OrderByDescending(o => o.Id).Take(OpenMax).ToListAsync();
        var mine = db.Payments.Where(p => p.UserId == userId);
        Pager = new Pager(Pager.Read(Request.Query), await mine.CountAsync(), Request.Query);
        var payments = await mine.OrderByDescending(p => p.Id).Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
        var ids = payments.Select(p => p.Id).ToList();
        var orders = payments.Select(p => p.OrderId).Distinct().ToList();
        var bought = await db.Orders.Where(o => orders.Contains(o.Id)).ToDictionaryAsync(o => o.Id);
        var receipts = (await db.Receipts.Where(r => ids.Contains(r.PaymentId)).OrderBy(r => r.Number).ToListAsync()).ToLookup(r => r.PaymentId);
        var refunds = (await db.Refunds.Where(r => ids.Contains(r.PaymentId)).OrderBy(r => r.Id).ToListAsync()).ToLookup(r => r.PaymentId);
        var disputes = (await db.Disputes.Where(d => ids.Contains(d.PaymentId)).OrderBy(d => d.Id).ToListAsync()).ToLookup(d => d.PaymentId);
        Lines = [.. payments.Select(p => new Line(
            p, p.OrderId is { } id && bought.TryGetValue(id, out var order) ? InWords.What(order) : words["A payment"],
            [.. receipts[p.Id]], [.. refunds[p.Id]], [.. disputes[p.Id]]))];
        await board.SeeAsync(userId, "/billing", HttpContext.RequestAborted);
    }

    public sealed record Line(
        Payment Payment, string What, IReadOnlyList<Receipt> Receipts, IReadOnlyList<Refund> Refunds, IReadOnlyList<Dispute> Disputes);
}
