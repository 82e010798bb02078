using Dressora.Web.Media;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Studio;

/// <summary>How a photo is called where nobody named it.</summary>
public static class PhotoWords
{
    /// <summary>For whoever does not see it.</summary>
    public static string Alt(MediaItem photo, IStringLocalizer<Words> words) => photo switch
    {
        { Label.Length: > 0 } => photo.Label,
        { Purpose: Purpose.Garment } => words["A garment, added on {0}", Day(photo)],
        _ => words["A photo of a person, added on {0}", Day(photo)],
    };

    /// <summary>The first words of a sentence beside it.</summary>
    public static string Name(MediaItem photo, IStringLocalizer<Words> words) => photo switch
    {
        { Label.Length: > 0 } => photo.Label + ".",
        { Purpose: Purpose.Garment } => words["Added on {0}.", Day(photo)],
        _ => words["Your photo of {0}.", Day(photo)],
    };

    private static string Day(MediaItem photo) => photo.CreatedAt.ToString("d MMM", System.Globalization.CultureInfo.CurrentCulture);
}
