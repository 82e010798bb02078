using System.Globalization;
using System.IO.Compression;

namespace Dressora.Web.Media;

/// <summary>Several files as one zip, written while it is sent: no copy on the disk, no more memory than one piece.</summary>
public sealed class Bundle(MediaStore media)
{
    public async Task WriteAsync(IReadOnlyList<MediaItem> items, Stream target, CancellationToken cancel)
    {
        await using var late = new LateWrites(target);
        await using (var zip = await ZipArchive.CreateAsync(late, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
            await FillAsync(zip, items, cancel);
        await late.FlushAsync(cancel);
    }

    /// <summary>Ours, so that nothing a person or a company called it becomes a path on somebody's disk.</summary>
    public static string NameOf(MediaItem item) => string.Create(
        CultureInfo.InvariantCulture, $"dressora-{item.CreatedAt.UtcDateTime:yyyy-MM-dd}-{item.Id[..8]}.{FileTypes.Extension(item.Type)}");

    /// <summary>A file whose bytes cannot be had is named all the same, so that its absence is seen.</summary>
    private async Task FillAsync(ZipArchive zip, IReadOnlyList<MediaItem> items, CancellationToken cancel)
    {
        var missing = new List<string>();
        foreach (var item in items)
        {
            try
            {
                await using var content = await media.OpenAsync(item, cancel: cancel);
                // Pictures do not get smaller by packing.
                await using var entry = await zip.CreateEntry(NameOf(item), CompressionLevel.NoCompression).OpenAsync(cancel);
                await content.CopyToAsync(entry, cancel);
            }
            catch (StoreFailedException)
            {
                missing.Add(NameOf(item));
            }
        }

        if (missing.Count == 0)
            return;
        await using var list = await zip.CreateEntry("missing.txt").OpenAsync(cancel);
        await list.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', missing)), cancel);
    }
}
