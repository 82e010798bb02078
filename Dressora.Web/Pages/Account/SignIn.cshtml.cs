using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using AnswerToSignIn = Dressora.Web.Accounts.SignIn;

namespace Dressora.Web.Pages.Account;

[RateLimited(RateRules.SignIn)]
public sealed class SignInModel(SignIns signIns, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnTo { get; set; }

    /// <summary>Set by a provider that sent the person back with nothing.</summary>
    [BindProperty(SupportsGet = true)]
    public string? With { get; set; }

    public string? Problem { get; private set; }

    public IActionResult OnGet()
    {
        if (With is not null)
            Problem = words["The other side did not let you through, or it took too long. Nothing changed here; try again, or another way."];
        if (!User.IsSignedIn())
            return Page();
        if (Problem is not null)
            Say(Problem, Tone.Bad);
        return RedirectSeeOther(LocalPath(ReturnTo, Problem is null ? Inside : "/account/security"));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await signIns.WithPasswordAsync(Form.Email, Form.Password ?? ""))
        {
            case AnswerToSignIn.Welcome welcome
                when await SessionCookie.LetInAsync(HttpContext, welcome.UserId, Form.Stay, factorShown: false, welcome.Stamp):
                return RedirectSeeOther(LocalPath(ReturnTo, Inside));
            case AnswerToSignIn.NeedsFactor half:
                await SessionCookie.IssueHalfAsync(HttpContext, half, Form.Stay);
                return RedirectSeeOther($"/account/second-step?returnTo={Uri.EscapeDataString(LocalPath(ReturnTo, Inside))}");
            case AnswerToSignIn.Unconfirmed:
                return RedirectSeeOther("/account/sent");
            case AnswerToSignIn.Suspended:
                Problem = words["This account is suspended. Your credits and pictures are kept; write to whoever runs this server."];
                return Refused();
            case AnswerToSignIn.TooOften often:
                Problem = words.TooOften(often.Wait);
                return TooOften(often.Wait);
            default:
                Problem = words["No account has this address and this password together. Check both, or ask for a new password."];
                return Refused();
        }
    }

    public sealed class Input
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
        public bool Stay { get; set; }
    }
}
