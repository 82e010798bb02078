namespace Dressora.Web.Pictures;

/// <summary>Encodes pixels. There is nothing else to write: whatever stood beside them stayed with the file.</summary>
internal static class Printer
{
    /// <summary>Beyond this, the best compression takes seconds for a few percent.</summary>
    private const int SmallPixelsMax = 3_000_000;

    internal static byte[] Encode(VipsPixels pixels, Print print)
    {
        using var image = pixels.Image();
        var quality = ("Q", VipsImage.Number(print.Quality));
        var isSmall = (long)pixels.Width * pixels.Height <= SmallPixelsMax;
        switch (print.Kind)
        {
            case PictureKind.Webp:
                return WebpFile.Bare(image.Encode("webpsave_buffer", quality, ("strip", "true"), ("effort", isSmall ? "4" : "1")));
            case PictureKind.Avif:
                return image.Encode("heifsave_buffer", quality, ("strip", "true"), ("compression", "av1"), ("effort", isSmall ? "2" : "0"));
            default:
                if (!image.HasAlpha)
                    return Jpeg(image, quality, isSmall);
                using (var flat = image.Through("flatten", ("background", "255 255 255")))
                    return Jpeg(flat, quality, isSmall);
        }
    }

    /// <summary>Whether the bytes begin as that kind does.</summary>
    internal static bool IsOf(PictureKind kind, ReadOnlySpan<byte> bytes) => Header.KindOf(bytes) == kind switch
    {
        PictureKind.Jpeg => SourceKind.Jpeg,
        PictureKind.Webp => SourceKind.Webp,
        _ => SourceKind.Avif,
    };

    /// <summary>The best tables take a second look at all of it, and all of it in memory.</summary>
    private static byte[] Jpeg(VipsImage image, (string Name, string Value) quality, bool isSmall) =>
        image.Encode("jpegsave_buffer", quality, ("strip", "true"), ("optimize-coding", isSmall ? "true" : "false"));
}
