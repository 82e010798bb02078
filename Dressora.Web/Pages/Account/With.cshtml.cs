using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using AnswerToSignIn = Dressora.Web.Accounts.SignIn;

namespace Dressora.Web.Pages.Account;

/// <summary>To another company's sign-in and back. Signed in already, it connects; else it lets in.</summary>
public sealed class WithModel(
    ForeignLogins logins, SignIns signIns, IAuthenticationSchemeProvider schemes, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Provider { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnTo { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if ((await ForeignProviders.AllAsync(schemes)).All(scheme => scheme.Name != Provider))
            return NotFound();
        var back = $"/account/with/{Provider}?returnTo={Uri.EscapeDataString(LocalPath(ReturnTo, "/account"))}";
        return Challenge(new AuthenticationProperties { RedirectUri = back }, Provider);
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await ForeignProviders.ReadAsync(HttpContext, Provider) is not { } foreign)
            return RedirectSeeOther("/account/sign-in");
        if (HttpContext.PersonOrNull() is { } person)
        {
            Tell(await logins.ConnectAsync(person.UserId, foreign));
            return RedirectSeeOther("/account/security");
        }

        var answer = await logins.ArriveAsync(foreign);
        var userId = answer switch
        {
            ForeignSignIn.Known known => known.UserId,
            ForeignSignIn.Joined joined => joined.UserId,
            _ => (long?)null,
        };
        if (userId is not { } id)
        {
            Tell(answer);
            return RedirectSeeOther("/account/sign-in");
        }

        return await LetInAsync(id);
    }

    private async Task<IActionResult> LetInAsync(long userId)
    {
        if (await signIns.AsAsync(userId) is AnswerToSignIn.Welcome)
        {
            await SessionCookie.LetInAsync(HttpContext, userId, remember: true, factorShown: false);
            return RedirectSeeOther(LocalPath(ReturnTo, "/account"));
        }

        Say(words["This account is suspended. Your credits and pictures are kept; write to whoever runs this server."], Tone.Bad);
        return RedirectSeeOther("/account/sign-in");
    }

    private void Tell(ForeignSignIn answer)
    {
        var (text, tone) = answer switch
        {
            ForeignSignIn.Joined or ForeignSignIn.Known => (words["Connected. You can sign in that way from now on."], Tone.Good),
            ForeignSignIn.ConnectFirst => (
                words["Your address has an account here already. Sign in the way you know, then connect this one under You, Security."], Tone.Warn),
            ForeignSignIn.NoAddress => (
                words["The other side did not give an e-mail address that it vouches for. Make an account with a password instead."], Tone.Bad),
            ForeignSignIn.TakenByAnother => (words["That login opens another account here. Remove it there first."], Tone.Bad),
            _ => (words["This server takes new people by invitation only. Ask whoever runs it."], Tone.Bad),
        };
        Say(text, tone);
    }
}
