using Dressora.Web.Data;
using Dressora.Web.Pictures;

namespace Dressora.Web.Media;

/// <summary>What became of something a maker made.</summary>
public abstract record Taken
{
    private Taken()
    {
    }

    /// <summary>In our storage, and nobody's until a write makes it somebody's.</summary>
    public sealed record Kept(StoredFile File) : Taken;

    /// <summary>Not what was asked for; asking again brings the same.</summary>
    public sealed record Bad(string Why) : Taken;

    public sealed record Later(string Why, bool IsOurs) : Taken;
}

/// <summary>
/// Results are judged by their content like anything from outside, and kept as they came, so that what their maker wrote
/// into them stays; what people look at are our own prints.
/// </summary>
public sealed class ResultStore(MediaStore media, Darkroom darkroom, DataFolder folder)
{
    private const long PictureBytesMax = 20 * 1024 * 1024;
    private const long OtherBytesMax = 200 * 1024 * 1024;
    private const int PreviewWidth = 640;
    private const int PreviewQuality = 75;

    public static long BytesMax(bool isPicture) => isPicture ? PictureBytesMax : OtherBytesMax;

    public Task<Taken> TakeAsync(long ownerId, string jobId, string name, Stream content, long bytesMax, CancellationToken cancel) =>
        SpoolAsync(content, bytesMax, spool => KeepAsync(ownerId, jobId, name, spool, cancel), cancel);

    /// <summary>Small and ours: an early picture is only looked at.</summary>
    public Task<Taken> TakePreviewAsync(long ownerId, string jobId, Stream content, long bytesMax, CancellationToken cancel) =>
        SpoolAsync(content, bytesMax, spool => PrintAsync(ownerId, jobId, spool, cancel), cancel);

    private async Task<Taken> SpoolAsync(Stream content, long bytesMax, Func<Spool, Task<Taken>> keep, CancellationToken cancel)
    {
        try
        {
            using var spool = await Spool.TakeAsync(folder, content, bytesMax, cancel);
            return spool.Bytes == 0 ? new Taken.Bad("the result is empty") : await keep(spool);
        }
        catch (TooLongException)
        {
            return new Taken.Bad("the result is larger than a result may be");
        }
        catch (StoreFailedException)
        {
            return new Taken.Later("our storage does not take files now", IsOurs: true);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return new Taken.Later("the result broke off", IsOurs: false);
        }
    }

    private async Task<Taken> KeepAsync(long ownerId, string jobId, string name, Spool spool, CancellationToken cancel)
    {
        // A header can lie: only a picture that was read to its end is one.
        var developed = await darkroom.DevelopAsync(
            PictureSource.At(spool.Path), [new Print(PictureKind.Webp, PreviewQuality, PreviewWidth)], cancel);
        if (developed is Developed.Refused { Fault: PictureFault.Busy or PictureFault.NoLibrary })
            return new Taken.Later("pictures cannot be read here now", IsOurs: true);
        if (developed is not Developed.Picture picture || TypeOf(picture.Kind) is not { } type)
            return new Taken.Bad(developed is Developed.Refused refused ? $"not a picture to keep: {refused.Fault}" : "not a picture to serve");
        var id = BlobKeys.NewId();
        var key = BlobKeys.Job(ownerId, jobId, name, id, FileTypes.Extension(type));
        await using var content = File.OpenRead(spool.Path);
        var stored = await media.StoreAsync(ownerId, id, key, type, content, null, cancel);
        return new Taken.Kept(stored with { Width = picture.Width, Height = picture.Height });
    }

    private async Task<Taken> PrintAsync(long ownerId, string jobId, Spool spool, CancellationToken cancel)
    {
        var developed = await darkroom.DevelopAsync(
            PictureSource.At(spool.Path), [new Print(PictureKind.Webp, PreviewQuality, PreviewWidth)], cancel);
        if (developed is not Developed.Picture { Prints: [var print] })
            return new Taken.Bad("not a picture");
        var id = BlobKeys.NewId();
        using var content = new MemoryStream(print.Bytes, writable: false);
        var stored = await media.StoreAsync(
            ownerId, id, BlobKeys.Job(ownerId, jobId, "preview_v1", id, FileTypes.Extension(FileTypes.Webp)), FileTypes.Webp, content, null, cancel);
        return new Taken.Kept(stored with { Width = print.Width, Height = print.Height });
    }

    private static string? TypeOf(SourceKind kind) => kind switch
    {
        SourceKind.Jpeg => FileTypes.Jpeg,
        SourceKind.Png => FileTypes.Png,
        SourceKind.Webp => FileTypes.Webp,
        SourceKind.Avif => FileTypes.Avif,
        _ => null,
    };
}
