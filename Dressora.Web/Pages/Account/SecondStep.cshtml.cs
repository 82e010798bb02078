using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[RateLimited(RateRules.SignIn)]
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
        if (await SessionCookie.ReadHalfAsync(HttpContext) is not { } half)
            return BeginAgain();
        switch (await factors.TakeAsync(half.UserId, Code))
        {
            case Proof.Shown:
                return await SessionCookie.LetInAsync(HttpContext, half.UserId, half.Remember, factorShown: true, half.Stamp)
                    ? RedirectSeeOther(LocalPath(ReturnTo, Inside))
                    : BeginAgain();
            case Proof.TooOften often:
                ModelState.AddModelError(nameof(Code), words.TooOften(often.Wait));
                return TooOften(often.Wait);
            default:
                ModelState.AddModelError(nameof(Code), words["This code is not right, or was used already. The app shows a new one every 30 seconds."]);
                return Refused();
        }
    }

    private SeeOtherResult BeginAgain()
    {
        Say(words["That took more than ten minutes, or the account changed meanwhile. Begin again with the password."], Tone.Warn);
        return RedirectSeeOther("/account/sign-in");
    }
}
