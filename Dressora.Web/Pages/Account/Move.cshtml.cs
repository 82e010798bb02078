using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Moved = Dressora.Web.Accounts.Move;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Person)]
public sealed class MoveModel(Profiles profiles, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await profiles.MoveAsync(HttpContext.Person().UserId, Code) == Moved.Moved)
            Say(words["Your account has its new address."]);
        else
            Say(words["This link was used already, is older than 24 hours, or belongs to another account. Ask for a new one."], Tone.Bad);
        return RedirectSeeOther("/account/security");
    }
}
