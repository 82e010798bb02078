using System.Buffers.Binary;
using System.Text;

namespace Dressora.Tests.Pictures;

/// <summary>Takes a print apart and names every part that is not needed to show it.</summary>
internal static class Remains
{
    private static readonly string[] WebpParts = ["VP8 ", "VP8L", "VP8X", "ALPH"];
    private static readonly string[] Boxes = ["ftyp", "meta", "mdat", "free"];
    private static readonly string[] Items = ["av01"];

    internal static IReadOnlyList<string> Of(byte[] bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => [.. OfJpeg(bytes)],
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => [.. OfWebp(bytes)],
        _ => [.. OfAvif(bytes)],
    };

    private static IEnumerable<string> OfJpeg(byte[] bytes)
    {
        for (var at = 2; at < bytes.Length;)
        {
            var (mark, marker) = (bytes[at], bytes[at + 1]);
            if (mark != 0xFF)
                yield return $"no marker at {at}";
            var length = marker == 0xD9 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            var isNeeded = marker is 0xDB or 0xC0 or 0xC2 or 0xC4 or 0xDA or 0xDD or 0xD9
                || (marker == 0xE0 && length == 16 && bytes.AsSpan(at + 4).StartsWith("JFIF\0"u8));
            if (!isNeeded)
                yield return $"segment {marker:X2} of {length} bytes";
            at += 2 + length;
            if (marker == 0xDA)
                at = EndOfScan(bytes, at);
            if (marker == 0xD9 && at != bytes.Length)
            {
                yield return $"{bytes.Length - at} bytes behind the end";
                yield break;
            }
        }
    }

    private static int EndOfScan(byte[] bytes, int at)
    {
        while (bytes[at] != 0xFF || bytes[at + 1] is 0 or (>= 0xD0 and <= 0xD7))
            at++;
        return at;
    }

    private static IEnumerable<string> OfWebp(byte[] bytes)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)) + 8 != bytes.Length)
            yield return "bytes behind the end";
        for (var at = 12; at < bytes.Length;)
        {
            var (name, length) = (Encoding.ASCII.GetString(bytes, at, 4), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4)));
            if (!WebpParts.Contains(name))
                yield return $"chunk {name} of {length} bytes";
            at += 8 + length + (length & 1);
        }
    }

    private static IEnumerable<string> OfAvif(byte[] bytes)
    {
        foreach (var (name, body) in BoxesOf(bytes, 0, bytes.Length))
        {
            if (!Boxes.Contains(name))
                yield return $"box {name}";
            if (name != "meta")
                continue;
            var information = BoxesOf(bytes, body.Start.Value + 4, body.End.Value).First(box => box.Name == "iinf");
            foreach (var item in BoxesOf(bytes, information.Body.Start.Value + 6, information.Body.End.Value))
            {
                var kind = Encoding.ASCII.GetString(bytes, item.Body.Start.Value + 8, 4);
                if (!Items.Contains(kind))
                    yield return $"item {kind}";
            }
        }
    }

    private static IEnumerable<(string Name, Range Body)> BoxesOf(byte[] bytes, int at, int end)
    {
        while (at + 8 <= end)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            size = size == 0 ? end - at : size;
            yield return (Encoding.ASCII.GetString(bytes, at + 4, 4), (at + 8)..(at + size));
            at += size;
        }
    }
}
