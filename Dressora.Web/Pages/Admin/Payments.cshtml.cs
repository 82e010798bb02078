using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class PaymentsModel(DressoraDb db, IStringLocalizer<Words> words) : Room
{
    private const string Disputed = "Disputed";

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public IReadOnlyList<Payment> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public MoneyWords InWords => new(words);

    public async Task OnGetAsync()
    {
        var payments = State == Disputed ? db.Payments.Where(p => db.Disputes.Any(d => d.PaymentId == p.Id))
            : Enum.TryParse<PaymentState>(State, out var state) ? db.Payments.Where(p => p.State == state)
            : db.Payments;
        Pager = new Pager(Pager.Read(Request.Query), await payments.CountAsync(), Request.Query);
        Lines = await payments.OrderByDescending(p => p.Id).Skip(Pager.Skip).Take(Pager.Rows).ToListAsync();
    }
}
