using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

public sealed class SecondStepModel(Factors factors, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnTo { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await SessionCookie.ReadHalfAsync(HttpContext) is null ? RedirectSeeOther("/account/sign-in") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await SessionCookie.ReadHalfAsync(HttpContext) is not var (userId, remember))
        {
            Say(words["That took more than ten minutes. Begin again with the password."], Tone.Warn);
            return RedirectSeeOther("/account/sign-in");
        }

        if (!await factors.TakeAsync(userId, Code))
        {
            ModelState.AddModelError(nameof(Code), words["This code is not right, or was used already. The app shows a new one every 30 seconds."]);
            return Refused();
        }

        await SessionCookie.LetInAsync(HttpContext, userId, remember, factorShown: true);
        return RedirectSeeOther(LocalPath(ReturnTo, "/account"));
    }
}
