using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Dressora.Web.Pictures;

/// <summary>
/// What passes between us and a child: the length of a head and of each blob, then the head in JSON and the blobs. Both
/// ends read it as if the other were lying.
/// </summary>
internal static class Wire
{
    internal const int BlobsMax = 16;
    private const int HeadMax = 64 * 1024;

    internal static async Task WriteAsync<T>(
        Stream stream, T head, JsonTypeInfo<T> type, IReadOnlyList<ReadOnlyMemory<byte>> blobs, CancellationToken cancel = default)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(head, type);
        var lengths = new byte[8 + (4 * blobs.Count)];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(4), blobs.Count);
        for (var i = 0; i < blobs.Count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(8 + (4 * i)), blobs[i].Length);
        await stream.WriteAsync(lengths, cancel);
        await stream.WriteAsync(text, cancel);
        foreach (var blob in blobs)
            await stream.WriteAsync(blob, cancel);
        await stream.FlushAsync(cancel);
    }

    internal static async Task<(T Head, byte[][] Blobs)> ReadAsync<T>(
        Stream stream, JsonTypeInfo<T> type, long bytesMax, CancellationToken cancel = default)
    {
        var counts = await ReadAsync(stream, 8, cancel);
        var head = Within(BinaryPrimitives.ReadInt32LittleEndian(counts), HeadMax);
        var count = Within(BinaryPrimitives.ReadInt32LittleEndian(counts.AsSpan(4)), BlobsMax);
        var lengths = await ReadAsync(stream, 4 * count, cancel);
        var text = await ReadAsync(stream, head, cancel);
        var blobs = new byte[count][];
        var left = bytesMax;
        for (var i = 0; i < count; i++)
        {
            var length = Within(BinaryPrimitives.ReadInt32LittleEndian(lengths.AsSpan(4 * i)), left);
            blobs[i] = await ReadAsync(stream, length, cancel);
            left -= length;
        }

        return (JsonSerializer.Deserialize(text, type) ?? throw new InvalidDataException("A frame without a head."), blobs);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int length, CancellationToken cancel)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static int Within(int length, long max) =>
        length >= 0 && length <= max ? length : throw new InvalidDataException($"A frame with a length of {length}.");
}

/// <summary>The child's first words, when it has its limits and has tried to load the library.</summary>
internal sealed record Hello(bool HasLibrary);

[JsonSerializable(typeof(PictureLimits))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Delivery))]
internal sealed partial class WireJson : JsonSerializerContext;
