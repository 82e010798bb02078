using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Person)]
public sealed class DeleteModel(Departures departures, Profiles profiles, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    public DateTimeOffset? DueAt { get; private set; }
    public bool IsOwner => Person.Role == Role.Owner;

    /// <summary>Leaving is asked of people, not of whoever found the phone unlocked.</summary>
    public bool MustProve => !Person.IsProved(clock.GetUtcNow());

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync() => DueAt = (await profiles.OfAsync(Person.UserId)).DeletionDueAt;

    public async Task<IActionResult> OnPostAsync()
    {
        if (MustProve)
            return RedirectSeeOther("/account/prove?for=proved&returnTo=/account/delete");
        if (!await departures.AskAsync(Person.UserId, Person.SessionId))
            Say(words["Nothing changed: it was asked for already, or you own this server."], Tone.Warn);
        return RedirectSeeOther("/account/delete");
    }

    public async Task<IActionResult> OnPostKeepAsync()
    {
        if (await departures.KeepAsync(Person.UserId))
            Say(words["Your account stays, with everything in it."]);
        return RedirectSeeOther("/account/delete");
    }
}
