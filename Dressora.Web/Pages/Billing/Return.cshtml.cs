using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Pages.Billing;

/// <summary>
/// Where the payment company sends the browser. What it brings gives nothing; if it is signed, it is a reason to ask the
/// company at once. Whoever it is sees no more than the order's own page shows them.
/// </summary>
[RateLimited(RateRules.Callback, Reads = true)]
public sealed partial class ReturnModel(DressoraDb db, Gateways gateways, Till till, ILogger<ReturnModel> log) : Room
{
    public async Task<IActionResult> OnGetAsync(string number)
    {
        if (await db.Orders.SingleOrDefaultAsync(o => o.Number == number) is not { } order)
            return NotFound();
        var fields = Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (order.State != OrderState.Paid && gateways.Find(new Counter(order.Gateway, order.Mode)) is { } gateway)
        {
            var read = await gateway.ReadReturnAsync(order, fields);
            if (read == ReturnRead.Proven)
                await till.LookAsync(order, HttpContext.RequestAborted);
            else if (read == ReturnRead.Forged)
                Log.Forged(log, order.Number);
        }

        return RedirectSeeOther(order.Path);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody came back for order {Order} with a signature that does not fit; nothing was given")]
        public static partial void Forged(ILogger logger, string order);
    }
}
