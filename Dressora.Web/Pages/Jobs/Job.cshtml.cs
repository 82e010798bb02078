using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Web.Notices;
using Dressora.Web.Pages.Studio;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Jobs;

/// <summary>A job's address for ever: on its way, done, or why not, the same on every device.</summary>
[Authorize(Doors.Person)]
public sealed class JobModel(
    DressoraDb db, Generator generator, Places places, Offers offers, Toolbox toolbox, ProviderCatalog providers, Balances balances, NoticeBoard board, TimeProvider clock,
    IStringLocalizer<Words> words) : Room
{
    /// <summary>What htmx takes as "stop asking".</summary>
    private const int StopPolling = 286;

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>Made with the page, so that a double tap on its button is one job.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public JobSheet Sheet { get; private set; } = null!;
    public JobTitle Title { get; private set; } = null!;

    /// <summary>What the same would cost now.</summary>
    public long AgainPrice { get; private set; }
    public Explanation? Life { get; private set; }
    public long Available { get; private set; }
    public bool IsRehearsal { get; private set; }

    /// <summary>A collage, which may not pass for a picture that a model made.</summary>
    public bool IsQuick { get; private set; }

    /// <summary>Whether this answer replaces pieces of a page that is open.</summary>
    public bool IsUpdate { get; private set; }
    public JobWords InWords { get; } = new(words);

    private long UserId => HttpContext.Person().UserId;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Asked every few seconds by the open page.</summary>
    public async Task<IActionResult> OnGetNowAsync(string? seen)
    {
        if (!Request.WantsFragment())
            return RedirectSeeOther($"/jobs/{Id}");
        if (await JobSheet.TagAsync(db, places, UserId, Id, clock.GetUtcNow(), HttpContext.RequestAborted) is not { } tag)
            return NotFound();
        if (tag == seen)
            return new NoContentResult();
        if (!await LoadAsync())
            return NotFound();
        IsUpdate = true;
        if (Sheet.Job.IsOver)
            Response.StatusCode = StopPolling;
        return Partial("_Update", this);
    }

    public async Task<IActionResult> OnPostCancelAsync()
    {
        switch (await generator.CancelAsync(UserId, Id))
        {
            case CancelOutcome.NotFound:
                return NotFound();
            case CancelOutcome.Cancelled:
                Say(words["Cancelled. All its credits are back."]);
                break;
            default:
                Say(words["It had ended already. Nothing changed."], Tone.Warn);
                break;
        }

        return RedirectSeeOther($"/jobs/{Id}");
    }

    /// <summary>The same photos and choices once more; what is gone is said on the editor's page.</summary>
    public async Task<IActionResult> OnPostAgainAsync()
    {
        if (!await LoadAsync() || toolbox.Find(Sheet.Job.Tool) is not { } tool)
            return NotFound();
        var form = Toolbox.FormOf(tool, Sheet.Job, await InputsAsync());
        var answer = await toolbox.AskAsync(tool, UserId, $"again-{Key}", form, null, HttpContext.RequestAborted);
        if (answer is ToolAnswer.Answered(SubmitOutcome.Submitted(var job)))
            return RedirectSeeOther($"/jobs/{job.Id}");
        if (answer is ToolAnswer.Answered(SubmitOutcome.TheSame(var same)))
            return RedirectSeeOther($"/jobs/{same.Id}");
        Say(
            answer is ToolAnswer.Faulty(var faults) ? words[faults[0].Text, [.. faults[0].Values]] : SubmitWords.Of(answer, words).Text, Tone.Bad);
        return RedirectSeeOther(ChangePath(garment: true));
    }

    /// <summary>The editor with this job's photos in it; without the garment, for another one.</summary>
    public string ChangePath(bool garment) => TryOnModel.Here + QueryString.Create(
        new Dictionary<string, string?>
        {
            [TryOnTool.Person] = Sheet.Person?.Id,
            [TryOnTool.Garment] = garment ? Sheet.Garment?.Id : null,
        }.Where(pair => pair.Value is not null));

    private async Task<IReadOnlyList<JobInput>> InputsAsync() =>
        await db.JobInputs.Where(input => input.JobId == Id).ToListAsync(HttpContext.RequestAborted);

    private async Task<bool> LoadAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (await JobSheet.ReadAsync(db, places, UserId, Id, clock.GetUtcNow(), cancel) is not { } sheet)
            return false;
        Sheet = sheet;
        Title = (await JobTitles.OfAsync(db, toolbox, words, [Id], cancel))[Id];
        var traits = sheet.Maker is { } maker ? providers.Find(maker.Provider)?.Traits : null;
        (IsRehearsal, IsQuick) = (traits is { IsRehearsal: true }, traits is { IsQuick: true });
        Available = (await balances.SumsAsync(UserId)).Available;
        if (sheet.Job.IsOver)
        {
            AgainPrice = await offers.OfAsync(sheet.Job.Tool, cancel) is { } offer ? offer.Price * sheet.Job.Count : sheet.Job.Price;
            Life = await balances.ExplainAsync(sheet.Job.Reference);
            await board.SeeAsync(UserId, sheet.Job.Path);
        }

        Key ??= Guid.NewGuid().ToString("N");
        return true;
    }
}
