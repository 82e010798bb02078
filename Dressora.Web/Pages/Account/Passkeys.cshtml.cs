using Dressora.Web.Accounts;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Proved)]
public sealed class PasskeysModel(Passkeys passkeys, IStringLocalizer<Words> words) : Room
{
    public IReadOnlyList<PasskeyLine> Keys { get; private set; } = [];

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync() => Keys = await passkeys.OfAsync(Person.UserId);

    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var question = await passkeys.AskNewAsync(Person, HttpContext);
        PasskeyMemory.Keep(HttpContext, question);
        return Content(question.Json, "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync(string? credential, string? name)
    {
        if (await passkeys.AddAsync(Person, credential, PasskeyMemory.Take(HttpContext), NameOf(name), HttpContext))
            Say(words["The passkey is yours. Next time you sign in with it, no password is asked."]);
        else
            Say(words["The passkey could not be checked, or you have twenty already. Nothing changed; try again."], Tone.Bad);
        return RedirectSeeOther("/account/passkeys");
    }

    public async Task<IActionResult> OnPostRenameAsync(string? id, string? name)
    {
        if (!await passkeys.RenameAsync(Person.UserId, id ?? "", NameOf(name)))
            return NotFound();
        Say(words["Saved."]);
        return RedirectSeeOther("/account/passkeys");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id)
    {
        if (!await passkeys.RemoveAsync(Person.UserId, id ?? ""))
            return NotFound();
        Say(words["Removed. It opens nothing here any more; the device may still list it."]);
        return RedirectSeeOther("/account/passkeys");
    }

    private string NameOf(string? typed)
    {
        var name = typed?.Trim() ?? "";
        if (name.Length == 0)
            name = Device.Describe(Request.Headers.UserAgent.ToString());
        return name.Length > Accounts.Passkeys.NameMax ? name[..Accounts.Passkeys.NameMax] : name;
    }
}
