using Dressora.Web.Accounts;
using Dressora.Web.Media;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Wardrobe;

/// <summary>One photo: seen large, named, deleted.</summary>
[Authorize(Doors.Person)]
public sealed class PhotoModel(MediaStore media, IStringLocalizer<Words> words) : Room
{
    public const int ShownWidth = 640;

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty]
    public string? Label { get; set; }

    public MediaItem Photo { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => WithPhotoAsync(photo =>
    {
        Label = photo.Label;
        return Task.FromResult<IActionResult>(Page());
    });

    public Task<IActionResult> OnPostAsync() => WithPhotoAsync(async photo =>
    {
        var label = Label?.Trim() ?? "";
        if (label.Length > MediaItem.LabelMax)
        {
            ModelState.AddModelError("Label", words["At most {0} characters.", MediaItem.LabelMax]);
            return Refused();
        }

        await media.RenameAsync(photo.OwnerId, photo.Id, label);
        Say(words["Saved."]);
        return RedirectSeeOther($"/wardrobe/photo/{photo.Id}");
    });

    public Task<IActionResult> OnPostDeleteAsync() => WithPhotoAsync(async photo =>
    {
        await media.DeleteAsync(photo.OwnerId, photo.Id);
        Say(words["Deleted, with every copy of it."]);
        return RedirectSeeOther(IndexModel.Here(photo.Purpose));
    });

    private async Task<IActionResult> WithPhotoAsync(Func<MediaItem, Task<IActionResult>> act)
    {
        var photo = await media.FindAsync(HttpContext.Person().UserId, Id, HttpContext.RequestAborted);
        if (photo is not { Purpose: Purpose.Person or Purpose.Garment })
            return NotFound();
        Photo = photo;
        return await act(photo);
    }
}
