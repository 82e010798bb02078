using System.Buffers.Binary;

namespace Dressora.Web.Pictures;

/// <summary>libvips writes 186 bytes of EXIF into every WebP, asked or not: here it is left out again.</summary>
internal static class WebpFile
{
    private const int RiffHead = 12;
    private const int ChunkHead = 8;
    private const byte AlphaFlag = 0x10;

    /// <summary>The compressed pixels and their transparency; the head that lists extras only where there is one.</summary>
    internal static byte[] Bare(byte[] file)
    {
        var (head, alpha, pixels) = (Range.All, Range.All, Range.All);
        for (var at = RiffHead; at + ChunkHead <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            var chunk = at..(at + ChunkHead + length + (length & 1));
            var name = file.AsSpan(at, 4);
            if (name.SequenceEqual("VP8X"u8))
                head = chunk;
            else if (name.SequenceEqual("ALPH"u8))
                alpha = chunk;
            else if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8))
                pixels = chunk;
            at = chunk.End.Value;
        }

        if (head.Equals(Range.All))
            return file;
        file[head.Start.Value + ChunkHead] &= AlphaFlag;
        var isClear = !alpha.Equals(Range.All);
        return Joined(isClear ? [.. file[head], .. file[alpha]] : [], file.AsSpan(pixels));
    }

    private static byte[] Joined(byte[] before, ReadOnlySpan<byte> pixels)
    {
        var file = new byte[RiffHead + before.Length + pixels.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - ChunkHead);
        "WEBP"u8.CopyTo(file.AsSpan(8));
        before.CopyTo(file.AsSpan(RiffHead));
        pixels.CopyTo(file.AsSpan(RiffHead + before.Length));
        return file;
    }
}
