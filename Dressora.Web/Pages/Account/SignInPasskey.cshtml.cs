using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using AnswerToSignIn = Dressora.Web.Accounts.SignIn;

namespace Dressora.Web.Pages.Account;

/// <summary>The passkey's half of the sign-in page. It has no look of its own.</summary>
[RateLimited(RateRules.SignIn)]
public sealed class SignInPasskeyModel(Passkeys passkeys, SignIns signIns, IStringLocalizer<Words> words) : Room
{
    public IActionResult OnGet() => RedirectSeeOther("/account/sign-in");

    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var question = await passkeys.AskKnownAsync(HttpContext);
        PasskeyMemory.Keep(HttpContext, question);
        return Content(question.Json, "application/json");
    }

    public async Task<IActionResult> OnPostAsync(string? credential, string? returnTo)
    {
        var userId = await passkeys.CheckAsync(credential, PasskeyMemory.Take(HttpContext), HttpContext);
        if (userId is { } id && await signIns.AsAsync(id, factorShown: true) is AnswerToSignIn.Welcome welcome
            && await SessionCookie.LetInAsync(HttpContext, id, remember: true, factorShown: true, welcome.Stamp))
            return RedirectSeeOther(LocalPath(returnTo, Inside));

        Say(words["This passkey opens no account here. Use the password, or another way."], Tone.Bad);
        return RedirectSeeOther("/account/sign-in");
    }
}
