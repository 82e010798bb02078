using System.Buffers.Binary;

namespace Dressora.Web.Pictures;

/// <summary>Walks a PNG's chunks to the last.</summary>
internal static class PngHeader
{
    private const int ChunkFrame = 12;

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
                if (!name.SequenceEqual("IHDR"u8) || length != 13 || chunk.Length < 16)
                    return header;
                header = header with { Width = Side(chunk[8..]), Height = Side(chunk[12..]) };
            }

            if (name.SequenceEqual("acTL"u8))
                header = header with { IsMoving = true };
            at += length + ChunkFrame;
            if (name.SequenceEqual("IEND"u8))
                return header with { IsBroken = at > bytes.Length };
        }

        return header;
    }

    private static int Side(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
}
