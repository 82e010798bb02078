using System.Buffers.Binary;
using System.Text;

namespace Dressora.Tests.Pictures;

/// <summary>What a phone writes beside its pixels: which way is up, where it stood, and a small picture of everything.</summary>
internal static class Exif
{
    internal const string Maker = "Canary Phone 7";

    /// <summary>The body of a JPEG's APP1 or of a WebP's EXIF chunk.</summary>
    internal static byte[] Of(int orientation, byte[]? thumbnail = null)
    {
        var maker = Encoding.ASCII.GetBytes(Maker + "\0");
        const int first = 8;
        const int gps = first + 2 + (3 * 12) + 4;
        const int second = gps + 2 + (2 * 12) + 4;
        var rest = second + 2 + (2 * 12) + 4;
        var bytes = new byte[rest + maker.Length + 24 + (thumbnail?.Length ?? 0)];
        Encoding.ASCII.GetBytes("II").CopyTo(bytes, 0);
        Short(bytes, 2, 42);
        Int(bytes, 4, first);
        Entries(bytes, first, thumbnail is null ? 0 : second, (0x010F, 2, maker.Length, rest), (0x0112, 3, 1, orientation), (0x8825, 4, 1, gps));
        Entries(bytes, gps, 0, (0x0001, 2, 2, 'N'), (0x0002, 5, 3, rest + maker.Length));
        Entries(bytes, second, 0, (0x0201, 4, 1, rest + maker.Length + 24), (0x0202, 4, 1, thumbnail?.Length ?? 0));
        maker.CopyTo(bytes, rest);
        foreach (var (number, i) in new[] { 55, 1, 45, 1, 21, 1 }.Select((number, i) => (number, i)))
            Int(bytes, rest + maker.Length + (4 * i), number);
        thumbnail?.CopyTo(bytes, rest + maker.Length + 24);
        return bytes;
    }

    private static void Entries(byte[] bytes, int at, int next, params (int Tag, int Type, int Count, int Value)[] entries)
    {
        Short(bytes, at, entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = at + 2 + (12 * i);
            Short(bytes, entry, entries[i].Tag);
            Short(bytes, entry + 2, entries[i].Type);
            Int(bytes, entry + 4, entries[i].Count);
            Int(bytes, entry + 8, entries[i].Value);
        }

        Int(bytes, at + 2 + (12 * entries.Length), next);
    }

    private static void Short(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    private static void Int(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
