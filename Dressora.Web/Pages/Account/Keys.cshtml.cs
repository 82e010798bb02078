using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

[Authorize(Doors.Proved)]
public sealed class KeysModel(ApiKeys keys, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private const long SpendMax = 1_000_000_000;

    [BindProperty]
    public Input Form { get; set; } = new();

    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The new key's text, in the one answer that shows it.</summary>
    public string? Text { get; private set; }
    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<(KeyScopes Scope, string Name)> ScopeNames =>
    [
        (KeyScopes.Jobs, words["ask for work and follow it"]), (KeyScopes.History, words["see and fetch what was made"]),
        (KeyScopes.Credits, words["see the credits"]),
    ];

    public IReadOnlyList<(int Days, string Name)> Lives =>
        [(30, words["after 30 days"]), (90, words["after 90 days"]), (365, words["after a year"]), (0, words["never"])];

    private long UserId => HttpContext.Person().UserId;

    public Task OnGetAsync() => LookAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var scopes = Form.Scopes.Aggregate(KeyScopes.None, (all, one) => all | one) & KeyScopes.All;
        if (Form.Name?.Trim() is not { Length: > 0 and <= ApiKey.NameMax })
            ModelState.AddModelError("Form.Name", words["Say what it is for, in at most {0} characters.", ApiKey.NameMax]);
        if (scopes == KeyScopes.None)
            ModelState.AddModelError("Form.Name", words["A key that may do nothing is no use: choose at least one."]);
        var most = ReadMost();
        if (ModelState.IsValid)
        {
            var end = Lives.Any(life => life.Days == Form.Days) && Form.Days > 0 ? clock.GetUtcNow().AddDays(Form.Days) : (DateTimeOffset?)null;
            if (await keys.MakeAsync(UserId, Form.Name!, scopes, most, end) is KeyMade.Made made)
                (Text, Form) = (made.Text, new Input());
            else
                ModelState.AddModelError("Form.Name", words["You have {0} open keys. End one that is not used.", ApiKey.PerPersonMax]);
        }

        await LookAsync();
        if (Text is null)
            return Refused();
        ModelState.Clear();
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(long id)
    {
        if (!await keys.EndAsync(UserId, id))
            return NotFound();
        Say(words["Ended. Programs with this key are turned away from now on."]);
        return RedirectSeeOther("/account/keys");
    }

    public string Say(ApiKey key)
    {
        var parts = new List<string> { string.Join(", ", ScopeNames.Where(scope => key.Scopes.HasFlag(scope.Scope)).Select(scope => scope.Name)) };
        if (key.SpendMax is { } most)
            parts.Add(words["at most {0} credits a month", most]);
        parts.Add(key.UsedAt is { } used ? words["last used {0}", used.ToString("g", CultureInfo.CurrentCulture)] : words["never used"]);
        if (key.ExpiresAt is { } end)
            parts.Add(words["ends {0}", end.ToString("d", CultureInfo.CurrentCulture)]);
        return string.Join(" · ", parts);
    }

    private long? ReadMost()
    {
        if (string.IsNullOrWhiteSpace(Form.SpendMax))
            return null;
        if (long.TryParse(Form.SpendMax.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is > 0 and <= SpendMax)
            return most;
        ModelState.AddModelError("Form.SpendMax", words["A whole number of credits, or nothing."]);
        return null;
    }

    private async Task LookAsync() => (Keys, Now) = (await keys.OfAsync(UserId), clock.GetUtcNow());

    public sealed class Input
    {
        public string? Name { get; set; }
        public KeyScopes[] Scopes { get; set; } = [KeyScopes.Jobs, KeyScopes.History, KeyScopes.Credits];
        public string? SpendMax { get; set; }
        public int Days { get; set; } = 90;
    }
}
