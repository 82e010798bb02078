using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Chosen = Dressora.Web.Accounts.NewPassword;

namespace Dressora.Web.Pages.Account;

[RateLimited(RateRules.Reset)]
public sealed class NewPasswordModel(Recovery recovery, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool IsDead { get; private set; }

    public async Task OnGetAsync() => IsDead = !await recovery.IsAliveAsync(Code);

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await recovery.SetAsync(Code, Password ?? ""))
        {
            case Chosen.Set:
                Say(words["Your new password is set, and every other session has ended. Sign in with it."]);
                return RedirectSeeOther("/account/sign-in");
            case Chosen.Bad bad:
                ModelState.AddModelError(nameof(Password), words.Say(bad.Why));
                return Refused();
            default:
                IsDead = true;
                return Refused();
        }
    }
}
