using Dressora.Web.Accounts;
using Dressora.Web.Media;
using Dressora.Web.Pictures;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Wardrobe;

/// <summary>What a person uploaded: photos of people and of garments, to use again or to delete.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Upload)]
[BodyLimit(RequestMax)]
public sealed class IndexModel(
    MediaStore media, Uploads uploads, UploadRows rows, Darkroom darkroom, IStringLocalizer<Words> words) : Room
{
    /// <summary>A picture of the largest size, and the form around it.</summary>
    private const long RequestMax = 26 * 1024 * 1024;
    private const int ShownMax = 60;

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    public Purpose Purpose => Show == "garments" ? Purpose.Garment : Purpose.Person;
    public IReadOnlyList<MediaItem> Photos { get; private set; } = [];
    public MediaItem? Waiting { get; private set; }
    public bool HasStated { get; private set; }
    public string? Fault { get; private set; }
    public long MegabytesMax => uploads.BytesMax / (1024 * 1024);

    private long UserId => HttpContext.Person().UserId;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        HasStated = await rows.HasStatedAsync(UserId);
        Check();
        var outcome = await TakeAsync(new UploadWish(Purpose, Label, Claims: ModelState.IsValid, States: Form.States));
        if (outcome is Uploaded.Kept { Item.IsClaimed: true } kept)
        {
            Say(kept.IsNew ? words["It hangs in your wardrobe."] : words["You have that one already; it hangs first now."]);
            return RedirectSeeOther(Here(Purpose));
        }

        Waiting = (outcome as Uploaded.Kept)?.Item;
        Fault = outcome is null ? words["Choose a file first."] : UploadWords.Of(outcome, darkroom.Limits, words);
        await LoadAsync();
        return Refused();
    }

    public static string Here(Purpose purpose) => purpose == Purpose.Garment ? "/wardrobe?show=garments" : "/wardrobe";

    private string Label => Form.Label?.Trim() ?? "";

    private void Check()
    {
        if (Label.Length > MediaItem.LabelMax)
            ModelState.AddModelError("Form.Label", words["At most {0} characters.", MediaItem.LabelMax]);
        if (!HasStated && !Form.States)
            ModelState.AddModelError("Form.States", words["Without this nothing is kept. Your file waits here for 24 hours."]);
    }

    /// <summary>A file that was chosen now counts before a link, and a link before what waits; null when there is none.</summary>
    private async Task<Uploaded?> TakeAsync(UploadWish wish)
    {
        if ((Form.File ?? Form.Camera) is { } file)
        {
            await using var content = file.OpenReadStream();
            return await uploads.TakeAsync(UserId, content, wish, HttpContext.RequestAborted);
        }

        if (!string.IsNullOrWhiteSpace(Form.Link))
            return await uploads.FetchAsync(UserId, Form.Link, wish, HttpContext.RequestAborted);
        return Form.WaitingId is { } id ? await uploads.ClaimAsync(UserId, id, wish) : null;
    }

    private async Task LoadAsync()
    {
        HasStated = HasStated || await rows.HasStatedAsync(UserId);
        Photos = await media.OfAsync(UserId, Purpose, ShownMax, HttpContext.RequestAborted);
        Waiting ??= await media.WaitingAsync(UserId, Purpose, HttpContext.RequestAborted);
    }

    public sealed class Input
    {
        public IFormFile? File { get; set; }
        public IFormFile? Camera { get; set; }
        public string? Link { get; set; }
        public string? WaitingId { get; set; }
        public string? Label { get; set; }
        public bool States { get; set; }
    }
}
