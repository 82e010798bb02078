using Dressora.Web.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Account;

public sealed class ResetModel(Recovery recovery) : Room
{
    [BindProperty]
    public string? Email { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await recovery.AskAsync(Email);
        return RedirectSeeOther("/account/sent");
    }
}
