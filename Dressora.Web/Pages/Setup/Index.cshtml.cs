using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Operations;
using Dressora.Web.Pages.Account;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Setup;

/// <summary>The first step: whoever can read the data folder becomes the owner.</summary>
public sealed class IndexModel(Staff staff, SetupKey key, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string? key)
    {
        if (await staff.HasOwnerAsync())
            return RedirectSeeOther(User.IsStaff() ? SetupSteps.Site : "/");
        Form.Key = key;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var address = Address.Read(Form.Email);
        var name = Form.Name?.Trim() ?? "";
        if (!key.Matches(Form.Key ?? ""))
            ModelState.AddModelError("Form.Key", words["This is not the key. It stands in the log of this server's start, and in the file setup-key of its data folder."]);
        if (address is null)
            ModelState.AddModelError("Form.Email", words["This is not an e-mail address. It looks like name@example.org."]);
        if (name.Length > AppUser.NameMax)
            ModelState.AddModelError("Form.Name", words["At most {0} characters.", AppUser.NameMax]);
        if (PasswordRules.FaultIn(Form.Password ?? "", address?.Email ?? "") is { } fault)
            ModelState.AddModelError("Form.Password", words.Say(fault));
        if (!ModelState.IsValid || address is null)
            return Refused();
        if (await staff.FoundAsync(name, address, Form.Password!) is not { } owner)
            return RedirectSeeOther("/");
        key.Spend();
        // The key was read from the server's own disk: for this first session that is the second factor.
        await SessionCookie.LetInAsync(HttpContext, owner, remember: false, factorShown: true);
        return RedirectSeeOther(SetupSteps.Site);
    }

    public sealed class Input
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
