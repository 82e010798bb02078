using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Home;

/// <summary>Light, dark, or as the device says; for this browser, and for the person on their other ones.</summary>
public sealed class ThemeModel(Profiles profiles) : Room
{
    public async Task<ActionResult> OnPostAsync(string? theme, string? returnTo)
    {
        if (!ThemeChoice.Remember(HttpContext, theme))
            return Refused();
        if (User.PersonId() is { } person)
            await profiles.ChooseAsync(person, Enum.Parse<Theme>(theme!, ignoreCase: true));
        return RedirectSeeOther(LocalPath(returnTo, "/"));
    }
}
