using System.ComponentModel.DataAnnotations;
using Dressora.Web.Accounts;
using Dressora.Web.Operations;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Setup;

[Authorize(Doors.Staff)]
public sealed class SiteModel(
    IOptionsMonitor<SiteOptions> site, IOptionsMonitor<AccountOptions> accounts, SavedSettings settings, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>What the person's browser calls this server: the best guess there is.</summary>
    public string Seen => $"{Request.Scheme}://{Request.Host}";

    public void OnGet() => Form = new Input
    {
        Name = site.CurrentValue.Name,
        Address = site.CurrentValue.Address,
        SignUp = accounts.CurrentValue.SignUp,
    };

    public IActionResult OnPost()
    {
        var chosen = new SiteOptions { Name = Form.Name?.Trim() ?? "", Address = Form.Address?.Trim().TrimEnd('/') ?? "" };
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(chosen, new(chosen), faults, validateAllProperties: true))
        {
            if (faults.Any(fault => fault.MemberNames.Contains(nameof(SiteOptions.Name))))
                ModelState.AddModelError("Form.Name", words["A name of 1 to {0} characters.", 60]);
            if (faults.Any(fault => fault.MemberNames.Contains(nameof(SiteOptions.Address))))
                ModelState.AddModelError("Form.Address", words["An address such as https://studio.example.org, with nothing behind it."]);
        }

        if (!ModelState.IsValid)
            return Refused();
        this.Tell(words, settings.Save(new Dictionary<string, string>
        {
            ["Site:Name"] = chosen.Name,
            ["Site:Address"] = chosen.Address,
            ["Accounts:SignUp"] = Form.SignUp.ToString(),
        }));
        return RedirectSeeOther(SetupSteps.Letters);
    }

    public sealed class Input
    {
        public string? Name { get; set; }
        public string? Address { get; set; }
        public SignUpRule SignUp { get; set; }
    }
}
