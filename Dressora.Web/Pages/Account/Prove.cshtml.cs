using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

/// <summary>"Is it still you?" Asked before what guards the account changes, and of admins for their second factor.</summary>
[Authorize(Doors.Person), RateLimited(RateRules.SignIn)]
public sealed class ProveModel(
    SignIns signIns, Factors factors, Passkeys passkeys, Profiles profiles, IStringLocalizer<Words> words) : Room
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

    /// <summary>Whether the password will do: not for an account that has a second factor to show.</summary>
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

    public async Task<IActionResult> OnPostPasswordAsync() =>
        WantsFactor || Person.OwesFactor
            ? await RefusedAsync(nameof(Password), words["This asks for a code or a passkey, not for the password."])
            : await AnsweredAsync(
                await signIns.ShowPasswordAsync(Person.UserId, Password ?? ""), factorShown: false, nameof(Password),
                words["This is not the password of this account."]);

    public async Task<IActionResult> OnPostCodeAsync() => await AnsweredAsync(
        await factors.TakeAsync(Person.UserId, Code), factorShown: true, nameof(Code),
        words["This code is not right, or was used already. The app shows a new one every 30 seconds."]);

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (await passkeys.CheckAsync(credential, PasskeyMemory.Take(HttpContext), HttpContext) == Person.UserId)
            return await PassAsync(factorShown: true);
        Say(words["That passkey is not one of this account."], Tone.Bad);
        var door = WantsFactor ? Doors.Staff : Doors.Proved;
        return RedirectSeeOther($"/account/prove?for={door}&returnTo={Uri.EscapeDataString(Onward)}");
    }

    private async Task<IActionResult> AnsweredAsync(Proof proof, bool factorShown, string field, string wrong)
    {
        if (proof is Proof.Shown)
            return await PassAsync(factorShown);
        if (proof is not Proof.TooOften often)
            return await RefusedAsync(field, wrong);
        await RefusedAsync(field, words.TooOften(often.Wait));
        return TooOften(often.Wait);
    }

    private async Task<IActionResult> PassAsync(bool factorShown)
    {
        await SessionCookie.ProveAsync(HttpContext, factorShown);
        return RedirectSeeOther(Onward);
    }

    private async Task<IActionResult> RefusedAsync(string field, string why)
    {
        ModelState.AddModelError(field, why);
        await LookAsync();
        return Refused();
    }

    private async Task LookAsync()
    {
        For = WantsFactor ? Doors.Staff : Doors.Proved;
        var person = await profiles.OfAsync(Person.UserId);
        HasPassword = person.PasswordHash is not null && !WantsFactor && !Person.OwesFactor;
        HasTotp = person.TotpKey is not null;
        HasPasskey = (await passkeys.OfAsync(Person.UserId)).Count > 0;
    }
}
