using System.Buffers.Binary;

namespace Dressora.Web.Pictures;

/// <summary>Walks a PNG's chunks to the last.</summary>
internal static class PngHeader
{
    private const int ChunkFrame = 12;

    /// <summary>40 MP of four bytes; deeper pixels and those that come in seven passes take as much with fewer.</summary>
    private const long DecodedBytesMax = 160_000_000;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    internal static Header Read(ReadOnlySpan<byte> bytes)
    {
        var header = new Header(SourceKind.Png) { IsBroken = true };
        long at = Signature.Length;
        while (at + ChunkFrame <= bytes.Length)
        {
            var chunk = bytes[(int)at..];
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            var name = chunk.Slice(4, 4);
            if (at == Signature.Length)
            {
                if (!name.SequenceEqual("IHDR"u8) || length != 13 || chunk.Length < 13 + ChunkFrame)
                    return header;
                header = header with { Width = Side(chunk[8..]), Height = Side(chunk[12..]) };
                header = header with { IsTooBig = DecodedBytes(header, chunk) > DecodedBytesMax };
            }

            if (name.SequenceEqual("acTL"u8))
                header = header with { IsMoving = true };
            at += length + ChunkFrame;
            if (name.SequenceEqual("IEND"u8))
                return header with { IsBroken = at > bytes.Length };
        }

        return header;
    }

    private static long DecodedBytes(Header header, ReadOnlySpan<byte> chunk)
    {
        var (depth, colour, passes) = (chunk[16], chunk[17], chunk[20]);
        var bands = colour switch
        {
            0 => 1,
            2 => 3,
            4 => 2,
            _ => 4,
        };
        return (long)header.Width * header.Height * bands * (depth > 8 ? 2 : 1) * (passes > 0 ? 2 : 1);
    }

    private static int Side(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
}
