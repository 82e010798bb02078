using Dressora.Web.Accounts;
using Dressora.Web.Media;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

/// <summary>A copy of everything: asked for here, packed in the background, fetched here for a week.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class ExportModel(Exports exports, MediaStore media, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    public Export? Latest { get; private set; }
    public MediaItem? Zip { get; private set; }

    public DateTimeOffset? Until => Latest is { State: ExportState.Ready, FinishedAt: { } at } ? at + Export.Kept : null;

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync()
    {
        Latest = await exports.LatestAsync(Person.UserId, HttpContext.RequestAborted);
        if (Latest is { State: ExportState.Ready, MediaId: { } id })
            Zip = await media.FindAsync(Person.UserId, id, HttpContext.RequestAborted);
        ViewData["Refreshes"] = Latest is { IsOpen: true };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // Everything in one file is asked of people, not of whoever found the phone unlocked.
        if (!Person.IsProved(clock.GetUtcNow()))
            return RedirectSeeOther("/account/prove?for=proved&returnTo=/account/export");
        switch (await exports.AskAsync(Person.UserId))
        {
            case ExportAsked.TooSoon:
                Say(words["One copy a day: the last one is still here."], Tone.Plain);
                break;
            case ExportAsked.Already:
                Say(words["One is on its way."], Tone.Plain);
                break;
        }

        return RedirectSeeOther("/account/export");
    }
}
