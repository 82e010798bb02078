using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Person)]
public sealed class SecurityModel(
    Profiles profiles, Passkeys passkeys, ForeignLogins logins, IAuthenticationSchemeProvider schemes,
    TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    public AppUser Person { get; private set; } = null!;
    public IReadOnlyList<PasskeyLine> Keys { get; private set; } = [];
    public IReadOnlyList<AuthenticationScheme> Providers { get; private set; } = [];
    public IReadOnlyList<string> Connected { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var id = HttpContext.Person().UserId;
        Person = await profiles.OfAsync(id);
        Keys = await passkeys.OfAsync(id);
        Providers = await ForeignProviders.AllAsync(schemes);
        Connected = await logins.OfAsync(id);
    }

    public async Task<IActionResult> OnPostDisconnectAsync(string? provider)
    {
        var person = HttpContext.Person();
        if (!person.IsProved(clock.GetUtcNow()))
            return RedirectSeeOther("/account/prove?for=proved&returnTo=/account/security");
        var scheme = await schemes.GetSchemeAsync(provider ?? "");
        if (await logins.DisconnectAsync(person.UserId, provider ?? "", scheme?.DisplayName ?? ""))
            Say(words["Removed. That login opens nothing here any more."]);
        else
            Say(words["It is your only way in. Set a password or add a passkey first."], Tone.Warn);
        return RedirectSeeOther("/account/security");
    }
}
