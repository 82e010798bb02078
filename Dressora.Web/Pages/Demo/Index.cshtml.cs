using Dressora.Web.Accounts;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Demo;

/// <summary>The demo gateway's own pages; they decide nothing here, they only tell.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class IndexModel(DemoDesk desk) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    public DemoView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? act)
    {
        if (!await LoadAsync() || !Enum.TryParse<DemoAct>(act, out var which))
            return NotFound();
        return RedirectSeeOther(await desk.DoAsync(View, which, HttpContext.RequestAborted));
    }

    private async Task<bool> LoadAsync()
    {
        if (await desk.FindAsync(Number, HttpContext.Person().UserId, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }
}
