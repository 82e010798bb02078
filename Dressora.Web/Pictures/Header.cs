using System.Buffers.Binary;

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

    /// <summary>It has no end, or no order in it.</summary>
    internal bool IsBroken { get; init; }

    internal static Header? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }))
            return JpegHeader.Read(bytes);
        if (bytes.StartsWith(PngHeader.Signature))
            return PngHeader.Read(bytes);
        if (bytes.Length > 16 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
            return WebpHeader.Read(bytes);
        return bytes.Length > 16 && bytes[4..].StartsWith("ftyp"u8) ? ReadHeif(bytes) : null;
    }

    /// <summary>The major brand tells; a container of both kinds says mif1 and names the kind among its others.</summary>
    private static Header? ReadHeif(ReadOnlySpan<byte> bytes)
    {
        var size = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(bytes), 16, (uint)Math.Min(bytes.Length, KindBytes));
        var brand = System.Text.Encoding.Latin1.GetString(bytes[8..12]);
        if (MovingBrands.Contains(brand))
            return new Header(brand == "avis" ? SourceKind.Avif : SourceKind.Heic) { IsMoving = true };
        var isAvif = brand == "avif" || (brand == "mif1" && bytes[16..size].IndexOf("avif"u8) >= 0);
        return isAvif || HeicBrands.Contains(brand) ? new Header(isAvif ? SourceKind.Avif : SourceKind.Heic) : null;
    }
}
