using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[RateLimited(RateRules.SignIn)]
public sealed class ConfirmModel(SignUps signUps, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool IsDead { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await signUps.ConfirmAsync(Code, Password ?? ""))
        {
            case Confirmation.Confirmed confirmed
                when await SessionCookie.LetInAsync(
                    HttpContext, confirmed.UserId, remember: true, factorShown: false, confirmed.Stamp):
                Say(words["Your address is confirmed. Welcome."]);
                return RedirectSeeOther(Inside);
            case Confirmation.WrongPassword:
                ModelState.AddModelError(nameof(Password), words["This is not the password you chose for this account."]);
                return Refused();
            default:
                IsDead = true;
                return Refused();
        }
    }
}
