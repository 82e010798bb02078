namespace Dressora.Web.Pictures;

public enum PictureKind
{
    Jpeg,
    Webp,
    Avif,
}

/// <summary>A picture to be made from another. It is never enlarged; without a width it stays as large as it was.</summary>
public sealed record Print(PictureKind Kind, int Quality, int? WidthMax = null);

/// <summary>A print as it came out: pixels alone, in sRGB and upright, without a trace of where and when.</summary>
public sealed record DevelopedPrint(Print Asked, int Width, int Height, byte[] Bytes)
{
    public string MediaType => Asked.Kind switch
    {
        PictureKind.Jpeg => "image/jpeg",
        PictureKind.Webp => "image/webp",
        _ => "image/avif",
    };
}
