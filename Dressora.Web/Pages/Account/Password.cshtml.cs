using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Proved), RateLimited(RateRules.SignIn)]
public sealed class PasswordModel(Profiles profiles, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public string? Password { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await profiles.ChangePasswordAsync(HttpContext.Person(), Password ?? "") is PasswordChange.Bad bad)
        {
            ModelState.AddModelError(nameof(Password), words.Say(bad.Why));
            return Refused();
        }

        Say(words["The new password is set, and every other device has to sign in again."]);
        return RedirectSeeOther("/account/security");
    }
}
