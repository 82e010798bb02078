using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Person)]
public sealed class IndexModel(Profiles profiles, IStringLocalizer<Words> words) : Room
{
    /// <summary>Each language in its own words: who looks for theirs reads it.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> Languages = [("en", "English"), ("hi", "हिन्दी"), ("ru", "Русский")];

    [BindProperty]
    public Input Form { get; set; } = new();

    public SignedIn Person => HttpContext.Person();

    public void OnGet() => Form = new Input { Name = Person.Name, Language = Person.Language, Theme = Person.Theme, TimeZone = Person.TimeZone };

    public async Task<IActionResult> OnPostAsync()
    {
        var name = Form.Name?.Trim() ?? "";
        if (name.Length > AppUser.NameMax)
            ModelState.AddModelError("Form.Name", words["At most {0} characters.", AppUser.NameMax]);
        if (!ModelState.IsValid)
            return Refused();
        await profiles.SaveAsync(Person.UserId, name, Form.Language ?? "", Form.Theme, Form.TimeZone ?? "");
        ThemeChoice.Remember(HttpContext, Form.Theme.ToString());
        Say(words["Saved."]);
        return RedirectSeeOther("/account");
    }

    public sealed class Input
    {
        public string? Name { get; set; }
        public string? Language { get; set; }
        public Theme Theme { get; set; }
        public string? TimeZone { get; set; }
    }
}
