using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

/// <summary>"Is it still you?" Asked before what guards the account changes, and of admins for their second factor.</summary>
[Authorize(Doors.Person)]
public sealed class ProveModel(
    SignIns signIns, Factors factors, Passkeys passkeys, Profiles profiles, Sessions sessions, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string? For { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnTo { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public bool WantsFactor => For == Doors.Staff;
    public bool HasPassword { get; private set; }
    public bool HasTotp { get; private set; }
    public bool HasPasskey { get; private set; }

    private SignedIn Person => HttpContext.Person();
    private string Onward => LocalPath(ReturnTo, "/account/security");

    public async Task<IActionResult> OnGetAsync()
    {
        await LookAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        if (!WantsFactor && await signIns.IsPasswordOfAsync(Person.UserId, Password ?? ""))
            return await PassAsync(factorShown: false);
        ModelState.AddModelError(nameof(Password), words["This is not the password of this account."]);
        await LookAsync();
        return Refused();
    }

    public async Task<IActionResult> OnPostCodeAsync()
    {
        if (await factors.TakeAsync(Person.UserId, Code))
            return await PassAsync(factorShown: true);
        ModelState.AddModelError(nameof(Code), words["This code is not right, or was used already. The app shows a new one every 30 seconds."]);
        await LookAsync();
        return Refused();
    }

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (await passkeys.CheckAsync(credential, PasskeyMemory.Take(HttpContext), HttpContext) == Person.UserId)
            return await PassAsync(factorShown: true);
        Say(words["That passkey is not one of this account."], Tone.Bad);
        return RedirectSeeOther($"/account/prove?for={For}&returnTo={Uri.EscapeDataString(Onward)}");
    }

    private async Task<IActionResult> PassAsync(bool factorShown)
    {
        await sessions.ProveAsync(Person.SessionId, factorShown);
        return RedirectSeeOther(Onward);
    }

    private async Task LookAsync()
    {
        For = WantsFactor ? Doors.Staff : Doors.Proved;
        var person = await profiles.OfAsync(Person.UserId);
        HasPassword = person.PasswordHash is not null && !WantsFactor;
        HasTotp = person.TotpKey is not null;
        HasPasskey = (await passkeys.OfAsync(Person.UserId)).Count > 0;
    }
}
