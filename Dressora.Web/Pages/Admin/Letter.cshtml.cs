using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>One letter. Its links open accounts, so an admin reads it only where no mail server could have brought it.</summary>
[Authorize(Doors.Staff)]
public sealed class LetterModel(DressoraDb db, Mailbox mailbox, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public Mail Letter { get; private set; } = null!;

    public bool MayRead => !mailbox.Delivers;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await db.Mails.SingleOrDefaultAsync(mail => mail.Id == Id) is not { } letter)
            return NotFound();
        Letter = letter;
        return Page();
    }

    public async Task<IActionResult> OnPostAgainAsync()
    {
        if (!await mailbox.AgainAsync(Id, HttpContext.Person().UserId))
            return NotFound();
        Say(words["It is on its way again."]);
        return RedirectSeeOther($"/admin/letters/{Id}");
    }
}
