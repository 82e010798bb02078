using System.Text;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>One call of a payment company, word for word, and worked again.</summary>
[Authorize(Doors.Staff)]
public sealed class WebhookModel(DressoraDb db, Inbox inbox, IStringLocalizer<Words> words) : Room
{
    private const int ShownMax = 9_000;

    public Webhook Call { get; private set; } = null!;
    public string Body { get; private set; } = "";
    public MoneyWords InWords => new(words);

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (await db.Webhooks.SingleOrDefaultAsync(w => w.Id == id) is not { } call)
            return NotFound();
        Call = call;
        var text = Encoding.UTF8.GetString(call.Body);
        Body = text.Length <= ShownMax ? text : text[..ShownMax] + " …";
        return Page();
    }

    public async Task<IActionResult> OnPostAgainAsync(long id)
    {
        if (!await inbox.AgainAsync(id, HttpContext.Person().UserId))
            return NotFound();
        Say(words["It is worked again now. What it did once it does not do twice."]);
        return RedirectSeeOther($"/admin/webhooks/{id}");
    }
}
