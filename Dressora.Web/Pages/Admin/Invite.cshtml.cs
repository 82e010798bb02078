using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Admin;

[Authorize(Doors.Staff)]
public sealed class InviteModel(Staff staff, IOptionsMonitor<SiteOptions> site, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>For the admin to hand over by another way; shown this once.</summary>
    public Uri? Link { get; private set; }

    public long Number { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var name = Name?.Trim() ?? "";
        if (name.Length > AppUser.NameMax)
        {
            ModelState.AddModelError(nameof(Name), words["At most {0} characters.", AppUser.NameMax]);
            return Refused();
        }

        switch (await staff.InviteAsync(Email ?? "", name, Role.Person, HttpContext.Person().UserId))
        {
            case Invited.Ready ready:
                Link = site.CurrentValue.At(ready.Path);
                Number = ready.UserId;
                return Page();
            case Invited.AlreadyThere there:
                Say(words["This person has an account already: here it is."], Tone.Warn);
                return RedirectSeeOther($"/admin/people/{there.UserId}");
            default:
                ModelState.AddModelError(nameof(Email), words["This is not an e-mail address. It looks like name@example.org."]);
                return Refused();
        }
    }
}
