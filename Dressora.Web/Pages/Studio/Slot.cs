using Dressora.Web.Media;
using Dressora.Web.Tools;

namespace Dressora.Web.Pages.Studio;

/// <summary>One frame of a fitting: the photo in it, what is wrong with it, and what else could hang there.</summary>
public sealed record Slot(Purpose Purpose, MediaItem? Photo, IReadOnlyList<MediaItem> Wardrobe, string? Fault, long BytesMax)
{
    private const long Megabyte = 1024 * 1024;

    public bool IsGarment => Purpose == Purpose.Garment;
    public string Role => IsGarment ? TryOnTool.Garment : TryOnTool.Person;

    /// <summary>Where its fields are bound.</summary>
    public string Name => IsGarment ? "Form.Garment" : "Form.Person";
    public long MegabytesMax => BytesMax / Megabyte;

    /// <summary>What the house lends, while nothing of their own hangs there.</summary>
    public Sample? Lent { get; init; }
    public IReadOnlyList<Sample> Lendable => IsGarment && Wardrobe.Count == 0 ? Sample.All : [];

    /// <summary>A person who stands is higher than wide.</summary>
    public bool IsWide => !IsGarment && Photo is { Width: { } width, Height: { } height } && width > height;
}

/// <summary>What a form says of one frame: a new file counts before a link, and a link before what hangs there.</summary>
public sealed class Sent
{
    public IFormFile? File { get; set; }
    public IFormFile? Camera { get; set; }
    public string? Link { get; set; }

    /// <summary>One of the wardrobe.</summary>
    public string? Id { get; set; }

    /// <summary>What was sent before and waits for the statement.</summary>
    public string? Waiting { get; set; }
}
