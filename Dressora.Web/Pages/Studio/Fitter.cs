using Dressora.Web.Media;
using Dressora.Web.Pages.Wardrobe;
using Dressora.Web.Pictures;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.Extensions.Localization;
using Tool = Dressora.Web.Tools.Tool;

namespace Dressora.Web.Pages.Studio;

/// <summary>Hangs photos into the frames of a fitting and says at once, for free, what is wrong with one.</summary>
internal sealed class Fitter(
    Toolbox toolbox, MediaStore media, Uploads uploads, Darkroom darkroom, Assets assets, IStringLocalizer<Words> words, long userId, CancellationToken cancel)
{
    private const int WardrobeMax = 12;

    private readonly Tool _tool = toolbox.Find(TryOnTool.Word)!;

    /// <summary>What was sent is kept whatever else is wrong with the form, so that nobody chooses a file twice.</summary>
    internal async Task<Slot> HangAsync(Purpose purpose, Sent sent, bool states, string category)
    {
        var wish = new UploadWish(purpose, States: states);
        var outcome = (sent.File ?? sent.Camera) is { } file ? await TakeAsync(file, wish)
            : !string.IsNullOrWhiteSpace(sent.Link) ? await uploads.FetchAsync(userId, sent.Link, wish, cancel)
            : Sample.Find(sent.Id) is { } sample ? await BorrowAsync(sample, wish)
            : sent.Id is null && sent.Waiting is { } waiting ? await uploads.ClaimAsync(userId, waiting, wish)
            : null;
        if (outcome is Uploaded.Kept { Item: var item })
            return await SeenAsync(await ShowAsync(purpose, item), category);
        // A file that failed does not take away the photo that hung there before.
        var before = await SeenAsync(await ShowAsync(purpose, sent.Id ?? sent.Waiting), category);
        return outcome is null ? before : before with { Fault = UploadWords.Of(outcome, darkroom.Limits, words) };
    }

    /// <summary>A photo of theirs by its number; somebody else's is not there.</summary>
    internal async Task<Slot> ShowAsync(Purpose purpose, string? id)
    {
        var item = id is null ? null : await media.FindAsync(userId, id, cancel);
        var slot = await ShowAsync(purpose, item?.Purpose == purpose ? item : null);
        return slot with { Lent = slot.Lendable.FirstOrDefault(sample => sample.Id == id) };
    }

    /// <summary>The person they dressed last; a garment is chosen each time.</summary>
    internal async Task<Slot> LastAsync(Purpose purpose)
    {
        var wardrobe = await media.OfAsync(userId, purpose, WardrobeMax, cancel);
        return Show(purpose, wardrobe.Count > 0 ? wardrobe[0] : null, wardrobe);
    }

    /// <summary>A photo that the file's rules let pass may still be one that the maker cannot use.</summary>
    private async Task<Slot> SeenAsync(Slot slot, string category)
    {
        if (slot is not { Fault: null, Photo: { } photo })
            return slot;
        var seen = await toolbox.SeeAsync(_tool, _tool.Files.First(file => file.Role == slot.Role), photo, category, cancel);
        return seen is null ? slot : slot with { Fault = words[seen.Text, [.. seen.Values]].Value };
    }

    private async Task<Uploaded> TakeAsync(IFormFile file, UploadWish wish)
    {
        await using var content = file.OpenReadStream();
        return await uploads.TakeAsync(userId, content, wish, cancel);
    }

    /// <summary>From now on it is a garment of theirs like any other.</summary>
    private async Task<Uploaded> BorrowAsync(Sample sample, UploadWish wish)
    {
        await using var content = sample.Open(assets);
        return await uploads.TakeAsync(userId, content, wish with { Label = words[sample.Label] }, cancel);
    }

    private async Task<Slot> ShowAsync(Purpose purpose, MediaItem? item) =>
        Show(purpose, item, await media.OfAsync(userId, purpose, WardrobeMax, cancel));

    private Slot Show(Purpose purpose, MediaItem? item, IReadOnlyList<MediaItem> wardrobe)
    {
        if (item is { IsClaimed: true } && wardrobe.All(other => other.Id != item.Id))
            wardrobe = [item, .. wardrobe];
        var slot = new Slot(purpose, item, wardrobe, null, uploads.BytesMax);
        var fault = item is null ? null : _tool.Files.First(file => file.Role == slot.Role).Judge(item.Width, item.Height);
        return slot with { Fault = fault is null ? null : words[fault.Text, [.. fault.Values]].Value };
    }
}
