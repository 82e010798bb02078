using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

/// <summary>Writes one zip on this server's disk, a file after the other, and hands it to the store.</summary>
public sealed class ExportPacker(Database database, MediaStore media, IEnumerable<ExportPart> parts, DataFolder folder)
{
    private const int Step = 20;
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal async Task<StoredFile> PackAsync(long userId, Func<int, int, Task> reach, CancellationToken cancel)
    {
        var path = Spool.NewPath(folder);
        try
        {
            await using (var file = File.Create(path))
                await WriteAsync(userId, file, reach, cancel);
            await using var whole = File.OpenRead(path);
            var id = BlobKeys.NewId();
            return await media.StoreAsync(userId, id, BlobKeys.Export(userId, id), FileTypes.Zip, whole, null, cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task WriteAsync(long userId, Stream target, Func<int, int, Task> reach, CancellationToken cancel)
    {
        var items = await ItemsAsync(userId, cancel);
        await reach(0, items.Count);
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var part in parts)
        {
            await using var entry = await zip.CreateEntry(part.Name).OpenAsync(cancel);
            await part.WriteAsync(userId, entry, cancel);
        }

        var lines = new List<Line>();
        foreach (var item in items)
        {
            lines.Add(await AddAsync(zip, item, cancel));
            if (lines.Count % Step == 0)
                await reach(lines.Count, items.Count);
        }

        await using (var list = await zip.CreateEntry("files.json").OpenAsync(cancel))
            await JsonSerializer.SerializeAsync(list, lines, Readable, cancel);
        await reach(items.Count, items.Count);
    }

    /// <summary>A file whose bytes cannot be had is named in the list all the same, so that its absence is seen.</summary>
    private async Task<Line> AddAsync(ZipArchive zip, MediaItem item, CancellationToken cancel)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"files/{item.CreatedAt.UtcDateTime:yyyy-MM-dd}-{item.Purpose.ToString().ToLowerInvariant()}-{item.Id[..8]}.{FileTypes.Extension(item.Type)}");
        var isThere = true;
        try
        {
            await using var content = await media.OpenAsync(item, cancel: cancel);
            await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(cancel);
            await content.CopyToAsync(entry, cancel);
        }
        catch (StoreFailedException)
        {
            isThere = false;
        }

        return new Line(name, isThere, item.Purpose.ToString(), item.Label, item.CreatedAt, item.Type, item.Bytes, item.Sha256);
    }

    private async Task<List<MediaItem>> ItemsAsync(long userId, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        return await db.MediaItems.Where(i => i.OwnerId == userId && i.State == MediaState.Kept && i.Purpose != Purpose.Export)
            .OrderBy(i => i.CreatedAt).ThenBy(i => i.Id).ToListAsync(cancel);
    }

    private sealed record Line(
        string Name, bool IsThere, string Purpose, string Label, DateTimeOffset CreatedAt, string Type, long Bytes, string Sha256);
}
