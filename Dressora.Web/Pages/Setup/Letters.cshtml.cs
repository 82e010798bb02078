using System.ComponentModel.DataAnnotations;
using Dressora.Web.Accounts;
using Dressora.Web.Notices;
using Dressora.Web.Operations;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Setup;

[Authorize(Doors.Staff)]
public sealed class LettersModel(IOptionsMonitor<MailOptions> mail, SavedSettings settings, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public bool HasPassword => mail.CurrentValue.Password.Length > 0;

    public void OnGet() => Form = new Input
    {
        Host = mail.CurrentValue.Host,
        Port = mail.CurrentValue.Port,
        User = mail.CurrentValue.User,
        From = mail.CurrentValue.From,
    };

    public IActionResult OnPost()
    {
        var chosen = new MailOptions { Host = Form.Host?.Trim() ?? "", Port = Form.Port, User = Form.User?.Trim() ?? "", From = Form.From?.Trim() ?? "" };
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(chosen, new(chosen), faults, validateAllProperties: true);
        if (faults.Any(fault => fault.MemberNames.Contains(nameof(MailOptions.From))))
            ModelState.AddModelError("Form.From", words["This is not an e-mail address. It looks like name@example.org."]);
        if (Form.Port is < 1 or > 65_535)
            ModelState.AddModelError("Form.Port", words["A number from 1 to 65535; usually 587."]);
        if (!ModelState.IsValid)
            return Refused();
        var values = new Dictionary<string, string>
        {
            ["Mail:Host"] = chosen.Host,
            ["Mail:Port"] = chosen.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:User"] = chosen.User,
            ["Mail:From"] = chosen.From,
        };
        if (!string.IsNullOrEmpty(Form.Password))
            values["Mail:Password"] = Form.Password;
        this.Tell(words, settings.Save(values));
        return RedirectSeeOther(SetupSteps.Files);
    }

    public sealed class Input
    {
        public string? Host { get; set; }
        public int Port { get; set; } = 587;
        public string? User { get; set; }
        public string? Password { get; set; }
        public string? From { get; set; }
    }
}
