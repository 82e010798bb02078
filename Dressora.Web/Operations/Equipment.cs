using Dressora.Web.Pictures;

namespace Dressora.Web.Operations;

/// <summary>What the machine lacks and the house can do without. Said, and no reason to be unready.</summary>
internal static class Equipment
{
    private static volatile bool _isWhole;

    /// <summary>Plain lines, none when all is there; then it is not looked for again.</summary>
    internal static IReadOnlyList<string> Missing()
    {
        if (_isWhole)
            return [];
        var missing = new List<string>();
        if (!Darkroom.HasLibrary)
            missing.Add("pictures: libvips is not installed, so no picture can be taken in (apt-get install libvips42)");
        if (!Projector.IsInstalled)
            missing.Add("films and sounds: ffmpeg is not installed, so none can be taken in (apt-get install ffmpeg)");
        _isWhole = missing.Count == 0;
        return missing;
    }
}
