using Dressora.Web.Accounts;
using Dressora.Web.Operations;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Setup;

[Authorize(Doors.Staff)]
public sealed class MakersModel(IOptionsMonitor<ProviderOptions> keys, SavedSettings settings, IStringLocalizer<Words> words) : Room
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public ProviderOptions Kept => keys.CurrentValue;

    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        var typed = new Dictionary<string, string?>
        {
            ["Providers:FalKey"] = Form.Fal,
            ["Providers:EvoLinkKey"] = Form.EvoLink,
            ["Providers:OpenRouterKey"] = Form.OpenRouter,
        };
        this.Tell(words, settings.Save(typed.Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .ToDictionary(pair => pair.Key, pair => pair.Value!.Trim())));
        return RedirectSeeOther(SetupSteps.Done);
    }

    public sealed class Input
    {
        public string? Fal { get; set; }
        public string? EvoLink { get; set; }
        public string? OpenRouter { get; set; }
    }
}
