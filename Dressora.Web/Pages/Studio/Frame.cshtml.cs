using Dressora.Web.Accounts;
using Dressora.Web.Media;
using Dressora.Web.Pictures;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Studio;

/// <summary>One frame of the fitting room by itself, for a page that swaps it: another photo, or one that was just chosen.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Upload)]
[BodyLimit(TryOnModel.RequestMax)]
public sealed class FrameModel(
    Toolbox toolbox, MediaStore media, Uploads uploads, Darkroom darkroom, Assets assets, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public FittingForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    private Purpose Purpose => Role == TryOnTool.Garment ? Purpose.Garment : Purpose.Person;
    private Sent Sent => Purpose == Purpose.Garment ? Form.Garment : Form.Person;
    private Fitter Fitter => new(toolbox, media, uploads, darkroom, assets, words, HttpContext.Person().UserId, HttpContext.RequestAborted);

    public async Task<IActionResult> OnGetAsync() => Request.WantsFragment()
        ? Partial("_Slot", await Fitter.ShowAsync(Purpose, Sent.Id))
        : RedirectSeeOther(TryOnModel.Here + QueryString.Create(Purpose == Purpose.Garment ? TryOnTool.Garment : TryOnTool.Person, Sent.Id ?? ""));

    /// <summary>What was chosen is kept and judged at once; that is free.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var slot = await Fitter.HangAsync(Purpose, Sent, Form.States, Form.Category);
        if (slot.Fault is not null)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Partial("_Slot", slot);
    }
}
