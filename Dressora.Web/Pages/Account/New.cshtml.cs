using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[RateLimited(RateRules.SignUp)]
public sealed class NewModel(SignUps signUps, Puzzles puzzles, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Puzzle Puzzle { get; private set; } = null!;

    public bool IsOpen => signUps.AreOpen;

    public IActionResult OnGet() => WithPuzzle(Page());

    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await signUps.AskAsync(Form.Email, Form.Password ?? "", Form.Challenge, Form.Work, Form.Sum);
        switch (answer)
        {
            case SignUp.Asked:
                return RedirectSeeOther("/account/sent");
            case SignUp.BadAddress:
                ModelState.AddModelError("Form.Email", words["This is not an e-mail address. It looks like name@example.org."]);
                break;
            case SignUp.BadPassword bad:
                ModelState.AddModelError("Form.Password", words.Say(bad.Why));
                break;
            case SignUp.Puzzled puzzled:
                ModelState.AddModelError("Form.Sum", words.Say(puzzled.Why));
                break;
            case SignUp.TooOften often:
                ModelState.AddModelError("Form.Email", words.TooOften(often.Wait));
                return WithPuzzle(TooOften(often.Wait));
        }

        return WithPuzzle(Refused());
    }

    private IActionResult WithPuzzle(IActionResult page)
    {
        Puzzle = puzzles.Make();
        ModelState.Remove("Form.Challenge");
        ModelState["Form.Sum"]?.RawValue = ModelState["Form.Sum"]?.AttemptedValue = "";
        return page;
    }

    public sealed class Input
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
        public string? Challenge { get; set; }

        /// <summary>What the browser found, or what the person added up: one of the two.</summary>
        public string? Work { get; set; }
        public string? Sum { get; set; }
    }
}
