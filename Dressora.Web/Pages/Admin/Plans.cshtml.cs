using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Pages.Billing;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class PlansModel(DressoraDb db, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public IReadOnlyList<Subscription> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public BillingWords InWords => new(words, "UTC");
    public MoneyWords States => new(words);

    public async Task OnGetAsync()
    {
        var plans = Enum.TryParse<SubscriptionState>(State, out var state) ? db.Subscriptions.Where(s => s.State == state) : db.Subscriptions;
        Pager = new Pager(Pager.Read(Request.Query), await plans.CountAsync(), Request.Query);
        Lines = await plans.OrderByDescending(s => s.Id).Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
    }
}
