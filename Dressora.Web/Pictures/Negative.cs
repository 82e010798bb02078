namespace Dressora.Web.Pictures;

/// <summary>A picture still in its file: measured by its head, developed to upright pixels in sRGB.</summary>
internal readonly record struct Negative(SourceKind Kind, nint Blob)
{
    private string Loader => Kind switch
    {
        SourceKind.Jpeg => "jpegload_buffer",
        SourceKind.Png => "pngload_buffer",
        SourceKind.Webp => "webpload_buffer",
        _ => "heifload_buffer",
    };

    /// <summary>The library takes a short PNG for a whole one unless warnings count; cameras' JPEGs warn too often.</summary>
    private string FailsOn => Kind == SourceKind.Jpeg ? "error" : "warning";

    private bool IsHeif => Kind is SourceKind.Heic or SourceKind.Avif;

    /// <summary>Upright. A container's further pictures are no frames: only the first is ever read.</summary>
    internal (int Width, int Height, bool IsMoving) Measure()
    {
        using var image = VipsImage.Read(Loader, Blob, ("access", "sequential"));
        var isMoving = !IsHeif && image.Pages > 1;
        return image.IsTurned ? (image.Height, image.Width, isMoving) : (image.Width, image.Height, isMoving);
    }

    internal VipsPixels Develop(int widthMax, int heightMax)
    {
        using var image = IsHeif ? FromHeif(widthMax, heightMax) : VipsImage.Read("thumbnail_buffer", Blob, [
            ("width", VipsImage.Number(widthMax)), ("height", VipsImage.Number(heightMax)), ("size", "down"),
            ("fail-on", FailsOn), ("export-profile", "srgb")]);
        return Plain(image);
    }

    /// <summary>
    /// In boxes first, then finely: asked for both at once, libvips reads memory again and again and takes eight times as
    /// long.
    /// </summary>
    internal static VipsPixels Shrink(VipsPixels from, int width)
    {
        var boxes = from.Width / width / 2;
        if (boxes < 2)
            return ShrinkFinely(from, width);
        using var boxed = ShrinkInBoxes(from, VipsImage.Number(boxes));
        return ShrinkFinely(boxed, width);
    }

    private static VipsPixels ShrinkFinely(VipsPixels from, int width)
    {
        using var image = from.Image();
        using var smaller = image.Through(
            "thumbnail_image", ("width", VipsImage.Number(width)), ("height", VipsImage.Number(from.Height)), ("size", "down"));
        return Plain(smaller);
    }

    /// <summary>What is seen through must not colour what stands beside it.</summary>
    private static VipsPixels ShrinkInBoxes(VipsPixels from, string boxes)
    {
        using var image = from.Image();
        if (!image.HasAlpha)
        {
            using var opaque = image.Through("shrink", ("hshrink", boxes), ("vshrink", boxes));
            return Plain(opaque);
        }

        using var weighed = image.Through("premultiply");
        using var smaller = weighed.Through("shrink", ("hshrink", boxes), ("vshrink", boxes));
        using var clear = smaller.Through("unpremultiply");
        return Plain(clear);
    }

    /// <summary>Never by way of the small picture that a phone puts beside the large: it may show what was cut away.</summary>
    private VipsImage FromHeif(int widthMax, int heightMax)
    {
        using var whole = VipsImage.Read(Loader, Blob, ("access", "sequential"), ("fail-on", FailsOn));
        return whole.Through(
            "thumbnail_image",
            ("width", VipsImage.Number(widthMax)), ("height", VipsImage.Number(heightMax)), ("size", "down"), ("export-profile", "srgb"));
    }

    private static VipsPixels Plain(VipsImage image)
    {
        using var coloured = image.Through("colourspace", ("space", "srgb"));
        using var bytes = coloured.Through("cast", ("format", "uchar"));
        return bytes.Compute();
    }
}
