using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Pictures;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Media;

/// <summary>What a smaller copy turned out to be.</summary>
public abstract record Variant
{
    private Variant()
    {
    }

    /// <summary>Open, and readable though the cache lets go of it meanwhile.</summary>
    public sealed record Made(FileStream File, string Type) : Variant;

    public sealed record Refused(PictureFault Fault) : Variant;
}

/// <summary>
/// Smaller copies of pictures, in a corner of this server's disk that never grows beyond its size: made when first asked
/// for, by one asker at a time, and made again when they had to go.
/// </summary>
public sealed class Variants(IBlobStore blobs, Darkroom darkroom, VariantShelf shelf, DataFolder folder, TimeProvider clock)
{
    public static readonly IReadOnlyList<int> Widths = [160, 320, 640, 1280];
    private const int Quality = 78;

    /// <summary>A page shows a dozen of the small ones: they are for telling one picture from another.</summary>
    private const int SmallQuality = 60;
    private const int SmallWidth = 320;
    private const int GateCount = 64;
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, GateCount).Select(_ => new SemaphoreSlim(1, 1))];
    private long _made;

    /// <summary>Made since the start; a copy asked for twice is made once.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>The width we make that is at least the one asked for.</summary>
    public static int Fitting(int width) => Widths.FirstOrDefault(one => one >= width, Widths[^1]);

    public async Task<Variant> OpenAsync(MediaItem item, int width, PictureKind kind, CancellationToken cancel)
    {
        var path = shelf.PathOf(item.Id, string.Create(CultureInfo.InvariantCulture, $"{width}.{Extension(kind)}"));
        if (VariantShelf.TryOpen(path, clock.GetUtcNow()) is { } kept)
            return new Variant.Made(kept, TypeOf(kind));
        var gate = _gates[(uint)path.GetHashCode(StringComparison.Ordinal) % GateCount];
        await gate.WaitAsync(cancel);
        try
        {
            return VariantShelf.TryOpen(path, clock.GetUtcNow()) is { } now
                ? new Variant.Made(now, TypeOf(kind))
                : await MakeAsync(item, width, kind, path, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The copies of a file that is gone go too.</summary>
    public void Forget(string id) => shelf.Forget(id);

    private async Task<Variant> MakeAsync(MediaItem item, int width, PictureKind kind, string path, CancellationToken cancel)
    {
        await using var content = await blobs.OpenAsync(item.BlobKey, 0, item.Bytes, cancel)
            ?? throw new StoreFailedException($"The bytes of {item.Id} are not where they were put.");
        using var spool = await Spool.TakeAsync(folder, content, item.Bytes, cancel);
        var developed = await darkroom.DevelopAsync(PictureSource.At(spool.Path), [new Print(kind, width <= SmallWidth ? SmallQuality : Quality, width)], cancel);
        if (developed is not Developed.Picture { Prints: [var print] })
            return new Variant.Refused(developed is Developed.Refused refused ? refused.Fault : PictureFault.Broken);
        Interlocked.Increment(ref _made);
        return new Variant.Made(shelf.Put(path, print.Bytes, clock.GetUtcNow()), print.MediaType);
    }

    private static string Extension(PictureKind kind) => FileTypes.Extension(TypeOf(kind));

    private static string TypeOf(PictureKind kind) => kind switch
    {
        PictureKind.Webp => FileTypes.Webp,
        PictureKind.Avif => FileTypes.Avif,
        _ => FileTypes.Jpeg,
    };
}
