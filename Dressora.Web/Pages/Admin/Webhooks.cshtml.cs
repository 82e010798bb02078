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
public sealed class WebhooksModel(DressoraDb db, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;
    public MoneyWords InWords => new(words);

    public async Task OnGetAsync()
    {
        var calls = Enum.TryParse<WebhookState>(State, out var state) ? db.Webhooks.Where(w => w.State == state) : db.Webhooks;
        Pager = new Pager(Pager.Read(Request.Query), await calls.CountAsync(), Request.Query);
        Lines = await calls.OrderByDescending(w => w.Id).Skip(Pager.Skip).Take(Pager.Rows)
            .Select(w => new Line(w.Id, w.Event, w.Gateway, w.Mode, w.ReceivedAt, w.State, w.Result)).ToListAsync();
    }

    public sealed record Line(long Id, string Event, string Gateway, Mode Mode, DateTimeOffset ReceivedAt, WebhookState State, string Result);
}
