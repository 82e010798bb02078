using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[RateLimited(RateRules.Reset)]
public sealed class ResetModel(Recovery recovery, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public string? Email { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await recovery.AskAsync(Email) is { } wait)
        {
            ModelState.AddModelError(nameof(Email), words.TooOften(wait));
            return TooOften(wait);
        }

        return RedirectSeeOther("/account/sent");
    }
}
