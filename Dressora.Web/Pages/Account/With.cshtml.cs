using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using AnswerToSignIn = Dressora.Web.Accounts.SignIn;

namespace Dressora.Web.Pages.Account;

/// <summary>To another company's sign-in and back. Asked by somebody signed in, it connects; else it lets in.</summary>
[RateLimited(RateRules.SignIn)]
public sealed class WithModel(
    ForeignLogins logins, SignIns signIns, IAuthenticationSchemeProvider schemes, TimeProvider clock,
    IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Provider { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnTo { get; set; }

    private string Onward => LocalPath(ReturnTo, Inside);

    /// <summary>
    /// The other company's address, which a page leads to: a browser lets a form's answer redirect only to hosts that
    /// the form's page named, and large companies send people on through several.
    /// </summary>
    public string Leads { get; private set; } = "";

    public string Label { get; private set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } provider)
            return NotFound();
        var person = HttpContext.PersonOrNull();
        if (person is not null && !person.IsProved(clock.GetUtcNow()))
            return RedirectSeeOther("/account/prove?for=proved&returnTo=/account/security");
        var back = $"/account/with/{Provider}?returnTo={Uri.EscapeDataString(Onward)}";
        Leads = await ForeignProviders.AskAsync(HttpContext, provider, back);
        Label = provider.DisplayName ?? provider.Name;
        return Page();
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is not { } provider)
            return NotFound();
        if (await ForeignProviders.ReadAsync(HttpContext, provider) is not { } answer)
            return RedirectSeeOther("/account/sign-in?with=failed");
        if (answer.ConnectsTo is { } userId)
            return await ConnectAsync(userId, answer.Person);
        switch (await logins.ArriveAsync(answer.Person))
        {
            case ForeignSignIn.Known known:
                return await LetInAsync(known.UserId);
            case ForeignSignIn.Joined joined:
                return await LetInAsync(joined.UserId);
            case var other:
                Tell(other);
                return RedirectSeeOther("/account/sign-in");
        }
    }

    private async Task<AuthenticationScheme?> FindAsync() =>
        (await ForeignProviders.AllAsync(schemes)).FirstOrDefault(scheme => scheme.Name == Provider);

    private async Task<IActionResult> ConnectAsync(long userId, ForeignPerson foreign)
    {
        if (HttpContext.PersonOrNull()?.UserId != userId)
            return RedirectSeeOther("/account/sign-in?with=failed");
        Tell(await logins.ConnectAsync(userId, foreign));
        return RedirectSeeOther("/account/security");
    }

    private async Task<IActionResult> LetInAsync(long userId)
    {
        switch (await signIns.AsAsync(userId, factorShown: false))
        {
            case AnswerToSignIn.Welcome welcome
                when await SessionCookie.LetInAsync(HttpContext, userId, remember: true, factorShown: false, welcome.Stamp):
                return RedirectSeeOther(Onward);
            case AnswerToSignIn.NeedsFactor half:
                await SessionCookie.IssueHalfAsync(HttpContext, half, remember: true);
                return RedirectSeeOther($"/account/second-step?returnTo={Uri.EscapeDataString(Onward)}");
            default:
                Say(words["This account is suspended. Your credits and pictures are kept; write to whoever runs this server."], Tone.Bad);
                return RedirectSeeOther("/account/sign-in");
        }
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
