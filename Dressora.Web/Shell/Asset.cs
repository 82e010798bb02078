using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Dressora.Web.Shell;

/// <summary>One file of the site in memory, as it is and as each browser wants it packed.</summary>
public sealed class Asset
{
    private const int HashLength = 12;
    private const int BrotliBest = 11;
    private const int BrotliWindow = 22;

    private static readonly Dictionary<string, (string Type, bool Packs)> Kinds = new(StringComparer.Ordinal)
    {
        [".css"] = ("text/css; charset=utf-8", true),
        [".js"] = ("text/javascript; charset=utf-8", true),
        [".svg"] = ("image/svg+xml", true),
        [".txt"] = ("text/plain; charset=utf-8", true),
        [".webmanifest"] = ("application/manifest+json", true),
        [".png"] = ("image/png", false),
        [".jpg"] = ("image/jpeg", false),
        [".webp"] = ("image/webp", false),
        [".ico"] = ("image/x-icon", false),
    };

    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public Asset(string name, byte[] bytes)
    {
        Name = name;
        Bytes = bytes;
        (Type, Packs) = Kinds[Path.GetExtension(name)];
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];
        var extension = Path.GetExtension(name);
        Address = $"{Assets.Folder}{name[..^extension.Length]}.{Hash}{extension}";
        _brotli = new(() => PackBrotli(bytes));
        _gzip = new(() => PackGzip(bytes));
    }

    public string Name { get; }
    public byte[] Bytes { get; }
    public string Type { get; }
    public string Hash { get; }

    /// <summary>Where it is served: the name changes with the content, so a browser may keep it for ever.</summary>
    public string Address { get; }

    public bool Packs { get; }

    public ReadOnlyMemory<byte> Packed(string? encoding) => encoding switch
    {
        "br" => _brotli.Value,
        "gzip" => _gzip.Value,
        _ => Bytes,
    };

    private static byte[] PackBrotli(byte[] bytes)
    {
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        try
        {
            if (!BrotliEncoder.TryCompress(bytes, room, out var written, BrotliBest, BrotliWindow))
                throw new InvalidOperationException("Brotli asked for more than its own limit.");
            return room[..written];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static byte[] PackGzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
