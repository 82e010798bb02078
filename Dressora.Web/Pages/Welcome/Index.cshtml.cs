using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Pages.Studio;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Welcome;

/// <summary>The first of three steps after the first sign-in; the other two are the fitting room itself.</summary>
[Authorize(Doors.Person)]
public sealed class IndexModel(Profiles profiles, Balances balances, Allowances allowances, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public long Available { get; private set; }

    public IReadOnlyList<(string Value, string Label)> Asked => Reasons.All(words);

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync()
    {
        Form.Name = Person.Name;
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var name = Form.Name?.Trim() ?? "";
        if (Form.Skips)
        {
            await profiles.EnterAsync(Person.UserId, "", "");
            return RedirectSeeOther(Inside);
        }

        if (name.Length > AppUser.NameMax)
        {
            ModelState.AddModelError("Form.Name", words["At most {0} characters.", AppUser.NameMax]);
            await LoadAsync();
            return Refused();
        }

        await profiles.EnterAsync(Person.UserId, name, Asked.Any(reason => reason.Value == Form.CameFor) ? Form.CameFor! : "");
        return RedirectSeeOther(TryOnModel.Here + "?welcome=true");
    }

    private async Task LoadAsync()
    {
        await allowances.TryEnsureAsync(Person.UserId, Person.TimeZone);
        Available = (await balances.SumsAsync(Person.UserId)).Available;
    }

    public sealed class Input
    {
        public string? Name { get; set; }
        public string? CameFor { get; set; }
        public bool Skips { get; set; }
    }
}
