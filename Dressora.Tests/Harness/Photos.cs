using System.Collections.Concurrent;
using Dressora.Web.Media;
using Dressora.Web.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dressora.Tests.Harness;

/// <summary>Pictures that tests make themselves, and files people own.</summary>
public static class Photos
{
    private static readonly Darkroom Room = new(TimeProvider.System, NullLogger<Darkroom>.Instance);
    private static readonly ConcurrentDictionary<(int, int, int, PictureKind), byte[]> Made = new();

    /// <summary>The same numbers are the same bytes.</summary>
    public static byte[] Of(int width = 300, int height = 400, int seed = 1, PictureKind kind = PictureKind.Jpeg) =>
        Made.GetOrAdd((width, height, seed, kind), _ => Print(width, height, seed, kind));

    public static Upload File(int seed = 1, string name = "me.jpg") => new(name, "image/jpeg", Of(seed: seed));

    /// <summary>A claimed photo, as if uploaded.</summary>
    public static async Task<MediaItem> PhotoAsync(
        this Site site, long ownerId, int seed = 1, Purpose purpose = Purpose.Person, string label = "")
    {
        using var content = new MemoryStream(Of(seed: seed));
        var wish = new UploadWish(purpose, label, Claims: true, States: true);
        var outcome = await site.Services.GetRequiredService<Uploads>().TakeAsync(ownerId, content, wish, CancellationToken.None);
        return outcome is Uploaded.Kept kept ? kept.Item : throw new InvalidOperationException($"Not kept: {outcome}");
    }

    /// <summary>Any bytes as somebody's file, in one write, as a floor above would.</summary>
    public static async Task<MediaItem> FileAsync(this Site site, long ownerId, byte[] bytes, string type = FileTypes.Mp4, Purpose purpose = Purpose.Result)
    {
        var media = site.Services.GetRequiredService<MediaStore>();
        var id = BlobKeys.NewId();
        var key = BlobKeys.Job(ownerId, "1", "final_v1", id, FileTypes.Extension(type));
        using var content = new MemoryStream(bytes);
        var stored = await media.StoreAsync(ownerId, id, key, type, content, null, CancellationToken.None);
        return await site.Database.WriteAsync(write => media.Keep(write, stored, purpose));
    }

    /// <summary>Waits until nothing that is due is left to delete; the house's own worker may have begun already.</summary>
    public static async Task DeletedAsync(this Site site)
    {
        var deletions = site.Services.GetRequiredService<Deletions>();
        for (var tries = 0; tries < 500; tries++)
        {
            await deletions.SweepAsync(CancellationToken.None);
            var now = site.Clock.GetUtcNow() + TimeSpan.FromMinutes(6);
            if (!await site.ReadAsync(db => db.MediaDeletions.AnyAsync(d =>
                d.State == DeletionState.Waiting && d.DueAt <= now && d.Attempts == 0)))
                return;
            await Task.Delay(10);
        }
    }

    private static byte[] Print(int width, int height, int seed, PictureKind kind)
    {
        var bytes = new byte[width * height * 3];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)((i / 3 % width * seed) + (i / 3 / width * 2) + (i % 3 * 40));
        return Of(new Pixels(width, height, 3, bytes), kind);
    }

    internal static byte[] Of(Pixels pixels, PictureKind kind)
    {
        var outcome = Room.FixAsync(pixels, [new Print(kind, 80)]).GetAwaiter().GetResult();
        return outcome is Fixed.Done { Prints: [var print] } ? print.Bytes : throw new InvalidOperationException($"No picture: {outcome}");
    }
}
