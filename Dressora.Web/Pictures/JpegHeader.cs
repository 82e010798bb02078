using System.Buffers.Binary;

namespace Dressora.Web.Pictures;

/// <summary>Walks a JPEG's segments and scans to its end mark. The decoder would fill in what is missing with grey.</summary>
internal static class JpegHeader
{
    private const byte Mark = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>Each scan goes over all pixels again: a small file of many scans would decode for minutes.</summary>
    private const long ScannedPixelsMax = 2_000_000_000;

    /// <summary>A block of 64 takes a bit at the very least; what says that it is larger is missing its pixels.</summary>
    private const long PixelsPerByteMax = 512;

    internal static ReadOnlySpan<byte> Signature => [Mark, 0xD8, Mark];

    internal static Header Read(ReadOnlySpan<byte> bytes)
    {
        var header = new Header(SourceKind.Jpeg) { IsBroken = true };
        var (at, scans) = (2, 0L);
        while (Next(bytes, ref at) is { } marker)
        {
            if (marker == EndOfImage)
                return header with { IsBroken = IsBomb(header, scans, bytes.Length) };
            if (!HasLength(marker))
                continue;
            if (at + 2 > bytes.Length)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2 || at + length > bytes.Length)
                break;
            if (IsFrame(marker) && length >= 8 && header.Width == 0)
                header = header with { Width = ReadSide(bytes, at + 5), Height = ReadSide(bytes, at + 3) };
            at += length;
            if (marker == StartOfScan)
                scans++;
        }

        return header;
    }

    /// <summary>The next marker, past whatever lies before it: compressed data after a scan's head, padding elsewhere.</summary>
    private static byte? Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length)
        {
            var found = bytes[at..].IndexOf(Mark);
            if (found < 0)
                return null;
            at += found;
            while (at < bytes.Length && bytes[at] == Mark)
                at++;
            if (at < bytes.Length && bytes[at++] is not 0 and not (>= 0xD0 and <= 0xD7) and var marker)
                return marker;
        }

        return null;
    }

    private static bool IsBomb(Header header, long scans, long bytes)
    {
        var pixels = (long)header.Width * header.Height;
        return pixels == 0 || pixels * scans > ScannedPixelsMax || pixels > bytes * PixelsPerByteMax;
    }

    private static bool HasLength(byte marker) => marker is not 0x01 and not 0xD8;

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;

    private static int ReadSide(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
