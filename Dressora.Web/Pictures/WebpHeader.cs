using System.Buffers.Binary;

namespace Dressora.Web.Pictures;

/// <summary>The first chunk of a WebP says all: plain, lossless, or extended with its canvas and whether it moves.</summary>
internal static class WebpHeader
{
    private const byte AnimationFlag = 2;
    private const int RiffFrame = 8;

    internal static Header Read(ReadOnlySpan<byte> bytes)
    {
        var header = new Header(SourceKind.Webp) { IsBroken = true };
        if (bytes.Length < 30)
            return header;
        var whole = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + RiffFrame <= bytes.Length;
        var data = bytes[20..];
        return bytes.Slice(12, 4) switch
        {
            var name when name.SequenceEqual("VP8X"u8) => header with
            {
                IsBroken = !whole,
                IsMoving = (data[0] & AnimationFlag) != 0,
                Width = ReadInt24(data[4..]) + 1,
                Height = ReadInt24(data[7..]) + 1,
            },
            var name when name.SequenceEqual("VP8L"u8) => header with
            {
                IsBroken = !whole,
                Width = (int)(Bits(data) & 0x3FFF) + 1,
                Height = (int)(Bits(data) >> 14 & 0x3FFF) + 1,
            },
            var name when name.SequenceEqual("VP8 "u8) => header with
            {
                IsBroken = !whole,
                Width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF,
                Height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF,
            },
            _ => header,
        };
    }

    private static uint Bits(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
