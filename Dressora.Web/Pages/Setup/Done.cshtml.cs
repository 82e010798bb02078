using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Setup;

[Authorize(Doors.Staff)]
public sealed class DoneModel(
    IOptionsMonitor<SiteOptions> site, IOptionsMonitor<ProviderOptions> keys, IOptionsMonitor<AccountOptions> accounts,
    Profiles profiles, Mailbox mailbox, DataFolder folder) : Room
{
    public SiteOptions Site => site.CurrentValue;
    public bool IsOpen => accounts.CurrentValue.SignUp == SignUpRule.Open;
    public bool SendsLetters => mailbox.Delivers;
    public string Folder => folder.Root;
    public string Email => HttpContext.Person().Email;
    public bool HasAuthenticator { get; private set; }

    public IReadOnlyList<string> Makers =>
    [
        .. new[] { ("fal", keys.CurrentValue.FalKey), ("EvoLink", keys.CurrentValue.EvoLinkKey), ("OpenRouter", keys.CurrentValue.OpenRouterKey) }
            .Where(maker => maker.Item2.Length > 0).Select(maker => maker.Item1),
    ];

    public async Task OnGetAsync() =>
        HasAuthenticator = (await profiles.OfAsync(HttpContext.Person().UserId)).TotpKey is not null;
}
