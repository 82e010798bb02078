namespace Dressora.Web.Media;

/// <summary>The only types we ever serve, and what a file of them is called. Never one that a browser would run.</summary>
public static class FileTypes
{
    public const string Webp = "image/webp";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Avif = "image/avif";
    public const string Mp4 = "video/mp4";
    public const string Zip = "application/zip";
    public const string Bytes = "application/octet-stream";

    private static readonly Dictionary<string, (string Extension, MediaKind Kind)> Known = new(StringComparer.Ordinal)
    {
        [Webp] = ("webp", MediaKind.Picture),
        [Jpeg] = ("jpg", MediaKind.Picture),
        [Png] = ("png", MediaKind.Picture),
        [Avif] = ("avif", MediaKind.Picture),
        [Mp4] = ("mp4", MediaKind.Film),
        ["video/webm"] = ("webm", MediaKind.Film),
        ["audio/mpeg"] = ("mp3", MediaKind.Sound),
        ["audio/mp4"] = ("m4a", MediaKind.Sound),
        ["audio/ogg"] = ("ogg", MediaKind.Sound),
        ["audio/wav"] = ("wav", MediaKind.Sound),
        ["audio/flac"] = ("flac", MediaKind.Sound),
        [Zip] = ("zip", MediaKind.Archive),
    };

    public static bool IsKnown(string type) => Known.ContainsKey(type);

    public static string Extension(string type) => Known[type].Extension;

    public static MediaKind Kind(string type) => Known[type].Kind;
}
