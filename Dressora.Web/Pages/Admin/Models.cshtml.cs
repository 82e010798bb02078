using Dressora.Web.Accounts;
using Dressora.Web.Generation;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>Who makes things here: their keys, their health, their models.</summary>
[Authorize(Doors.Staff)]
public sealed class ModelsModel(
    ModelShelf shelf, ProviderCatalog providers, IStringLocalizer<Words> words) : Room
{
    public IReadOnlyList<Model> Lines { get; private set; } = [];
    public IReadOnlyList<Maker> Makers { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Lines = await shelf.AllAsync();
        Makers = [.. providers.All.OrderBy(maker => maker.Name).Select(maker => new Maker(maker.Name, maker.IsReady, providers.Breakers.View(maker.Name)))];
    }

    public async Task<IActionResult> OnPostTestAsync(string? provider)
    {
        if (await shelf.TestAsync(provider ?? "", HttpContext.RequestAborted) is { } error)
            Say(words["{0} says: {1} ({2})", provider ?? "", error.Message, error.Code], Tone.Bad);
        else
            Say(words["The key for {0} works.", provider ?? ""]);
        return RedirectSeeOther("/admin/models");
    }

    public async Task<IActionResult> OnPostResetAsync(string? provider)
    {
        if (providers.Find(provider ?? "") is not { } maker)
            return NotFound();
        await shelf.AskAgainAsync(maker.Name, HttpContext.Person().UserId);
        Say(words["{0} is asked again from now on.", maker.Name]);
        return RedirectSeeOther("/admin/models");
    }

    public string Say(Maker maker) => !maker.IsReady ? words["no key"]
        : maker.View.State switch
        {
            BreakerState.Open => words["left alone until {0} UTC", maker.View.TriesAt?.ToString("t", null) ?? ""],
            BreakerState.Trying => words["being tried again"],
            _ => words["ready"],
        };

    public sealed record Maker(string Name, bool IsReady, BreakerView View);
}
