using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>An order's address for ever: not paid yet, paid, or why not; it turns by itself while it is open.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class OrderModel(DressoraDb db, Till till, NoticeBoard board, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    /// <summary>What htmx takes as "stop asking".</summary>
    private const int StopPolling = 286;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    public Order Order { get; private set; } = null!;
    public Payment? Latest { get; private set; }
    public string? Receipt { get; private set; }
    public bool IsUpdate { get; private set; }
    public BillingWords InWords => new(words, HttpContext.Person().TimeZone);
    public string Tag => $"{Order.State}-{Latest?.State}";
    public int Pace => clock.GetUtcNow() - Order.CreatedAt < Fresh ? 2 : 10;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        await board.SeeAsync(HttpContext.Person().UserId, Order.Path, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>Asked every few seconds by the open page.</summary>
    public async Task<IActionResult> OnGetNowAsync(string? seen)
    {
        if (!await LoadAsync())
            return NotFound();
        if (!Request.WantsFragment())
            return RedirectSeeOther(Order.Path);
        if (Tag == seen)
            return new NoContentResult();
        IsUpdate = true;
        if (Order.State == OrderState.Paid)
        {
            Response.StatusCode = StopPolling;
            await board.SeeAsync(HttpContext.Person().UserId, Order.Path, HttpContext.RequestAborted);
        }

        return Partial("_OrderNow", this);
    }

    /// <summary>For those whose payment company sends nobody back.</summary>
    public async Task<IActionResult> OnPostCheckAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        if (Order.State != OrderState.Paid && !await till.LookAsync(Order, HttpContext.RequestAborted))
            Say(words["The payment company did not answer. It is asked again by itself."], Tone.Bad);
        return RedirectSeeOther(Order.Path);
    }

    private async Task<bool> LoadAsync()
    {
        var userId = HttpContext.Person().UserId;
        if (await db.Orders.SingleOrDefaultAsync(o => o.Number == Number && o.UserId == userId) is not { } order)
            return false;
        Order = order;
        Latest = await db.Payments.Where(p => p.OrderId == order.Id).OrderBy(p => p.State == PaymentState.Captured ? 0 : 1)
            .ThenByDescending(p => p.Id).FirstOrDefaultAsync();
        Receipt = Latest is { } paid
            ? await db.Receipts.Where(r => r.PaymentId == paid.Id && r.RefundId == null).Select(r => r.Number).SingleOrDefaultAsync()
            : null;
        return true;
    }
}
