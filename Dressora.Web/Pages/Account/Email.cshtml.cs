using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Proved), RateLimited(RateRules.Reset)]
public sealed class EmailModel(Profiles profiles, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public string? Email { get; set; }

    public string Now => HttpContext.Person().Email;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await profiles.AskMoveAsync(HttpContext.Person().UserId, Email))
        {
            case MoveAsked.BadAddress:
                ModelState.AddModelError(nameof(Email), words["This is not an e-mail address. It looks like name@example.org."]);
                return Refused();
            case MoveAsked.TooOften often:
                ModelState.AddModelError(nameof(Email), words.TooOften(often.Wait));
                return TooOften(often.Wait);
            default:
                Say(words["A letter is on its way to the new address. Until its link is opened, the old one stays."]);
                return RedirectSeeOther("/account/security");
        }
    }
}
