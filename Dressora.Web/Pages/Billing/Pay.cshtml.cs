using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>A step of our own on the way to the payment company: forms of this site lead nowhere else.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class PayModel(DressoraDb db, Checkout checkout, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>Somebody just pressed the button that leads here: they are taken on. Whoever only looks stays.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Go { get; set; }

    public Order Order { get; private set; } = null!;
    public GatewayFault? Problem { get; private set; }
    public BillingWords InWords => new(words, HttpContext.Person().TimeZone);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        if (Order.State == OrderState.Paid)
            return RedirectSeeOther(Order.Path);
        if (Order.CheckoutAddress.Length == 0)
            Problem = new GatewayFault("none", words["it did not answer."], IsFinal: false);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        Problem = await checkout.BeginAsync(Order, HttpContext.Person().Email, HttpContext.RequestAborted);
        return Problem is null ? RedirectSeeOther($"/billing/pay/{Number}?go=1") : Page();
    }

    private async Task<bool> LoadAsync()
    {
        var userId = HttpContext.Person().UserId;
        if (await db.Orders.SingleOrDefaultAsync(o => o.Number == Number && o.UserId == userId) is not { } order)
            return false;
        Order = order;
        return true;
    }
}
