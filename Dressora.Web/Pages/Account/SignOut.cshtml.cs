using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

public sealed class SignOutModel(Sessions sessions, IStringLocalizer<Words> words) : Room
{
    public IActionResult OnGet() => User.IsSignedIn() ? Page() : RedirectSeeOther("/");

    public async Task<IActionResult> OnPostAsync()
    {
        if (HttpContext.PersonOrNull() is { } person)
        {
            await sessions.EndAsync(person.UserId, person.SessionId);
            await HttpContext.SignOutAsync(SessionCookie.Scheme);
            await HttpContext.SignOutAsync(SessionCookie.HalfScheme);
            Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            Say(words["You are signed out on this device."]);
        }

        return RedirectSeeOther("/");
    }
}
