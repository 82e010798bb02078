using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Person)]
public sealed class SessionsModel(Sessions sessions, IStringLocalizer<Words> words) : Room
{
    public IReadOnlyList<Session> Open { get; private set; } = [];

    public long Here => HttpContext.Person().SessionId;

    public async Task OnGetAsync() => Open = await sessions.OfAsync(HttpContext.Person().UserId);

    public async Task<IActionResult> OnPostEndAsync(long id)
    {
        if (!await sessions.EndAsync(HttpContext.Person().UserId, id))
            return NotFound();
        Say(words["Ended. That device has to sign in again."]);
        return RedirectSeeOther("/account/sessions");
    }

    public async Task<IActionResult> OnPostOthersAsync()
    {
        await sessions.EndOthersAsync(HttpContext.Person().UserId, Here);
        Say(words["Every other device has to sign in again."]);
        return RedirectSeeOther("/account/sessions");
    }
}
