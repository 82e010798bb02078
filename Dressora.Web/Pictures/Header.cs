using System.Buffers.Binary;
using System.Text;

namespace Dressora.Web.Pictures;

/// <summary>What a file says of itself, read by us before any library sees it.</summary>
internal readonly record struct Header(SourceKind Kind)
{
    /// <summary>Enough of a file to know its kind.</summary>
    internal const int KindBytes = 64;

    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "mif1"];
    private static readonly string[] MovingBrands = ["hevc", "hevx", "hevm", "hevs", "msf1", "avis"];

    /// <summary>0 where the header does not say; the library is asked then.</summary>
    internal int Width { get; init; }
    internal int Height { get; init; }
    internal bool IsMoving { get; init; }

    /// <summary>Its pixels are few enough, and each too large.</summary>
    internal bool IsTooBig { get; init; }

    /// <summary>It has no end, or no order in it.</summary>
    internal bool IsBroken { get; init; }

    internal static SourceKind? KindOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(JpegHeader.Signature))
            return SourceKind.Jpeg;
        if (bytes.StartsWith(PngHeader.Signature))
            return SourceKind.Png;
        if (bytes.Length >= 16 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
            return SourceKind.Webp;
        return bytes.Length >= 16 && bytes[4..].StartsWith("ftyp"u8) ? KindOfHeif(bytes) : null;
    }

    internal static Header? Read(ReadOnlySpan<byte> bytes) => KindOf(bytes) switch
    {
        SourceKind.Jpeg => JpegHeader.Read(bytes),
        SourceKind.Png => PngHeader.Read(bytes),
        SourceKind.Webp => WebpHeader.Read(bytes),
        { } heif => new Header(heif) { IsMoving = MovingBrands.Contains(Brand(bytes)) },
        null => null,
    };

    /// <summary>The major brand tells; mif1 says only that it is one of them, and names the kind among its others.</summary>
    private static SourceKind? KindOfHeif(ReadOnlySpan<byte> bytes)
    {
        var size = Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(bytes), 16, (uint)Math.Min(bytes.Length, KindBytes));
        var brand = Brand(bytes);
        if (brand is "avif" or "avis" || (brand == "mif1" && bytes[16..(int)size].IndexOf("avif"u8) >= 0))
            return SourceKind.Avif;
        return HeicBrands.Contains(brand) || MovingBrands.Contains(brand) ? SourceKind.Heic : null;
    }

    private static string Brand(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes[8..12]);
}
