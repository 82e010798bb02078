using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Proved)]
public sealed class AuthenticatorModel(
    Factors factors, Profiles profiles, IOptionsMonitor<SiteOptions> site, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public string? Sealed { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>Where an admin was going when the second factor was asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnTo { get; set; }

    public bool IsOn { get; private set; }
    public NewAuthenticator? New { get; private set; }
    public IReadOnlyList<string> Codes { get; private set; } = [];

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync()
    {
        IsOn = (await profiles.OfAsync(Person.UserId)).TotpKey is not null;
        if (!IsOn)
            New = factors.Begin(site.CurrentValue.Name, Person.Email);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if ((await profiles.OfAsync(Person.UserId)).TotpKey is not null)
            return RedirectSeeOther("/account/authenticator");
        if (await factors.TurnOnAsync(Person.UserId, Sealed, Code) is not { } codes)
        {
            New = factors.Again(Sealed, site.CurrentValue.Name, Person.Email) ?? factors.Begin(site.CurrentValue.Name, Person.Email);
            ModelState.AddModelError(nameof(Code), words["This code is not the one the app should show now. Check that the device's clock is right."]);
            return Refused();
        }

        await SessionCookie.ProveAsync(HttpContext, factorShown: true);
        IsOn = true;
        Codes = codes;
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        IsOn = (await profiles.OfAsync(Person.UserId)).TotpKey is not null;
        if (!IsOn)
            return RedirectSeeOther("/account/authenticator");
        Codes = await factors.RenewCodesAsync(Person.UserId);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        await factors.TurnOffAsync(Person.UserId);
        Say(words["The authenticator is off. The password alone lets you in."], Tone.Warn);
        return RedirectSeeOther("/account/security");
    }
}
