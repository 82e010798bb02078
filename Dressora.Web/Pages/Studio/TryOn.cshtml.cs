using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Payments;
using Dressora.Web.Pictures;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Studio;

/// <summary>The fitting room: a person, a garment, and the mirror with its price.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
[BodyLimit(RequestMax)]
public sealed class TryOnModel(
    Toolbox toolbox, Offers offers, Balances balances, Allowances allowances, MediaStore media, Uploads uploads, UploadRows rows,
    Darkroom darkroom, Assets assets, Catalogue catalogue, DressoraDb db, IStringLocalizer<Words> words) : Room
{
    public const string Here = "/studio/try-on";

    /// <summary>Two pictures of the largest size, and the form around them.</summary>
    public const long RequestMax = 52 * 1024 * 1024;
    private const int RecentMax = 8;

    [BindProperty]
    public FittingForm Form { get; set; } = new();

    public Slot Person { get; private set; } = null!;
    public Slot Garment { get; private set; } = null!;
    public Ticket Ticket { get; private set; } = null!;
    public IReadOnlyList<ResultCard> Recent { get; private set; } = [];
    public bool HasStated { get; private set; }

    /// <summary>The last two of three steps of somebody who is new here.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Welcome { get; set; }

    /// <summary>The same was made before and is still there.</summary>
    public MadeBefore? Made { get; private set; }

    /// <summary>Where credits are bought, and back to the same photos and choices.</summary>
    public string BuyPath => "/billing/buy" + QueryString.Create(new Dictionary<string, string?>
    {
        ["need"] = Math.Max(0, -Ticket.After).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["back"] = Here + QueryString.Create(new Dictionary<string, string?>
        {
            ["person"] = Person.Photo?.Id, ["garment"] = Form.By == FittingForm.Words ? null : Garment.Photo?.Id, ["category"] = Form.Category, ["by"] = Form.By,
        }.Where(pair => !string.IsNullOrEmpty(pair.Value))),
    });

    /// <summary>Why nothing was held, when that is not about one field.</summary>
    public string? Problem { get; private set; }
    public bool IsAboutMoney => Response.StatusCode == StatusCodes.Status402PaymentRequired;

    private long UserId => HttpContext.Person().UserId;
    private Fitter Fitter => new(toolbox, media, uploads, darkroom, assets, words, UserId, HttpContext.RequestAborted);

    public async Task OnGetAsync(string? person, string? garment, string? category, string? by)
    {
        Form.Category = category is not null && TryOnTool.Categories.Contains(category) ? category : TryOnTool.Auto;
        Form.By = by == FittingForm.Words ? FittingForm.Words : FittingForm.Photo;
        Person = person is null ? await Fitter.LastAsync(Purpose.Person) : await Fitter.ShowAsync(Purpose.Person, person);
        Garment = await Fitter.ShowAsync(Purpose.Garment, garment);
        await LoadAsync();
        if (category is null && Ticket.Offer is { IsQuick: true })
            Form.Category = TryOnTool.Top;
    }

    /// <summary>Takes the photos and says what is wrong with them; it costs nothing.</summary>
    public async Task<IActionResult> OnPostCheckAsync()
    {
        await HangAsync();
        return Person.Fault is null && Garment.Fault is null ? Page() : Refused();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await HangAsync();
        if (!HasStated)
            ModelState.AddModelError("Form.States", words["Without this nothing is made. Your photos wait here for 24 hours."]);
        if (!ModelState.IsValid || Person.Fault is not null || (Form.By != FittingForm.Words && Garment.Fault is not null))
            return Refused();
        var (tool, form) = (toolbox.Find(TryOnTool.Word)!, Form.With(Person.Photo, Garment.Photo));
        if (!Form.Anew && await toolbox.MadeBeforeAsync(tool, UserId, form, HttpContext.RequestAborted) is { } made)
        {
            Made = made;
            return Page();
        }

        return await toolbox.AskAsync(tool, UserId, Form.ClientId(form), form, null, HttpContext.RequestAborted) switch
        {
            ToolAnswer.Answered(SubmitOutcome.Submitted(var job)) => RedirectSeeOther(job.Path),
            ToolAnswer.Answered(SubmitOutcome.TheSame(var job)) => RedirectSeeOther(job.Path),
            ToolAnswer.Faulty(var faults) => Refused(faults),
            var other => Refused(SubmitWords.Of(other, words)),
        };
    }

    private async Task HangAsync()
    {
        if (Form.States)
            await rows.StateAsync(UserId);
        // Words describe what no photo shows: then nobody is judged by what a photo of a top needs.
        var category = Form.By == FittingForm.Words ? TryOnTool.Auto : Form.Category;
        Person = await Fitter.HangAsync(Purpose.Person, Form.Person, Form.States, category);
        Garment = await Fitter.HangAsync(Purpose.Garment, Form.Garment, Form.States, category);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        HasStated = await rows.HasStatedAsync(UserId);
        if (string.IsNullOrEmpty(Form.Key))
            Form.Key = Guid.NewGuid().ToString("N");
        await allowances.TryEnsureAsync(UserId, HttpContext.Person().TimeZone);
        var sums = await balances.SumsAsync(UserId);
        Ticket = new Ticket(await offers.OfAsync(TryOnTool.Word, HttpContext.RequestAborted), sums.Available, await catalogue.EachAsync());
        Recent = await Results.NewestAsync(db, toolbox, words, UserId, RecentMax, HttpContext.RequestAborted);
    }

    private PageResult Refused(IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            var text = words[fault.Text, [.. fault.Values]].Value;
            if (fault.Field == TryOnTool.Person)
                Person = Person with { Fault = text };
            else if (fault.Field == TryOnTool.Garment)
                Garment = Garment with { Fault = text };
            else
                ModelState.AddModelError($"Form.{char.ToUpperInvariant(fault.Field[0])}{fault.Field[1..]}", text);
        }

        return Refused();
    }

    private PageResult Refused((int Status, string Text) why)
    {
        (Response.StatusCode, Problem) = why;
        return Page();
    }
}
