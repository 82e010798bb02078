using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Home;

public sealed class ThemeModel : Room
{
    public ActionResult OnPost(string? theme, string? returnTo) =>
        ThemeChoice.Remember(HttpContext, theme) ? RedirectSeeOther(LocalPath(returnTo, "/")) : Refused();
}
