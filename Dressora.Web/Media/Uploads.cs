using Dressora.Web.Data;
using Dressora.Web.Outbound;
using Dressora.Web.Pictures;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

/// <summary>Pictures that people send: judged by their content, developed anew, and kept once however often they come.</summary>
public sealed partial class Uploads(
    Database database, MediaStore media, UploadRows rows, IBlobStore blobs, Darkroom darkroom, Fetcher fetcher, DataFolder folder,
    ILogger<Uploads> log)
{
    public static readonly TimeSpan UnclaimedKept = TimeSpan.FromHours(24);
    private const int Quality = 92;
    private const int Step = 200;
    private static readonly TimeSpan DirectMax = TimeSpan.FromMinutes(15);

    public long BytesMax => darkroom.Limits.BytesMax;

    /// <summary>Reads no more than may come, whatever the sender said its length is.</summary>
    public async Task<Uploaded> TakeAsync(long ownerId, Stream content, UploadWish wish, CancellationToken cancel)
    {
        try
        {
            using var spool = await Spool.TakeAsync(folder, content, BytesMax, cancel);
            if (spool.Bytes == 0)
                return new Uploaded.Refused(PictureFault.Empty);
            return await rows.AgainAsync(ownerId, spool.Sha256, wish) ?? await DevelopAsync(ownerId, spool, wish, cancel);
        }
        catch (TooLongException)
        {
            return new Uploaded.Refused(PictureFault.TooManyBytes);
        }
        catch (StoreFailedException e)
        {
            Log.StoreDown(log, e);
            return new Uploaded.StoreDown();
        }
    }

    /// <summary>A picture that stands somewhere in the world, by its address.</summary>
    public async Task<Uploaded> FetchAsync(long ownerId, string link, UploadWish wish, CancellationToken cancel)
    {
        var fetched = await fetcher.FetchAsync(link, BytesMax, cancel);
        if (fetched is not Fetched.Body body)
            return new Uploaded.NotFetched(((Fetched.Refused)fetched).Fault);
        using var content = new MemoryStream(body.Bytes, writable: false);
        return await TakeAsync(ownerId, content, wish, cancel);
    }

    /// <summary>Keeps what was sent before and still waits.</summary>
    public Task<Uploaded> ClaimAsync(long ownerId, string id, UploadWish wish) => rows.ClaimAsync(ownerId, id, wish);

    /// <summary>Where a program may send bytes past us; null where files lie on this server's own disk.</summary>
    public DirectUpload? Begin(long ownerId)
    {
        var id = BlobKeys.NewId();
        return blobs.PresignPut(BlobKeys.Incoming(ownerId, id), FileTypes.Bytes, DirectMax) is { } address
            ? new DirectUpload(id, address, FileTypes.Bytes, BytesMax, DirectMax)
            : null;
    }

    /// <summary>What a program sent past us is looked at like anything else; its bytes as they came do not stay.</summary>
    public async Task<Uploaded> ConfirmAsync(long ownerId, string uploadId, UploadWish wish, CancellationToken cancel)
    {
        if (!BlobKeys.IsId(uploadId))
            return new Uploaded.NotThere();
        var key = BlobKeys.Incoming(ownerId, uploadId);
        try
        {
            if (await blobs.FindAsync(key, cancel) is not { } blob)
                return new Uploaded.NotThere();
            if (blob.Bytes == 0)
                return await ThrowAwayAsync(key, new Uploaded.Refused(PictureFault.Empty));
            if (blob.Bytes > BytesMax)
                return await ThrowAwayAsync(key, new Uploaded.Refused(PictureFault.TooManyBytes));
            await using var content = await blobs.OpenAsync(key, 0, blob.Bytes, cancel);
            if (content is null)
                return new Uploaded.NotThere();
            return await ThrowAwayAsync(key, await TakeAsync(ownerId, content, wish, cancel));
        }
        catch (StoreFailedException e)
        {
            Log.StoreDown(log, e);
            return new Uploaded.StoreDown();
        }
    }

    /// <summary>Marks what nobody claimed for a day; says how many.</summary>
    public Task<int> SweepAsync() => database.WriteAsync(async write =>
    {
        var since = write.Now - UnclaimedKept;
        var left = await write.Db.MediaItems
            .Where(i => !i.IsClaimed && i.State == MediaState.Kept && i.CreatedAt <= since).Take(Step).ToListAsync();
        foreach (var item in left)
            await media.MarkAsync(write, item.OwnerId, item.Id, DeletionReason.Unclaimed);
        return left.Count;
    });

    private async Task<Uploaded> DevelopAsync(long ownerId, Spool spool, UploadWish wish, CancellationToken cancel)
    {
        var source = PictureSource.At(spool.Path);
        var probed = await darkroom.ProbeAsync(source, cancel);
        if (probed is not Developed.Picture seen)
            return new Uploaded.Refused(FaultOf(probed));
        // Only these two can be transparent, and JPEG is what every maker takes.
        var kind = seen.Kind is SourceKind.Png or SourceKind.Webp ? PictureKind.Webp : PictureKind.Jpeg;
        var developed = await darkroom.DevelopAsync(source, [new Print(kind, Quality)], cancel);
        if (developed is not Developed.Picture { Prints: [var print] })
            return new Uploaded.Refused(FaultOf(developed));
        var id = BlobKeys.NewId();
        var key = BlobKeys.Upload(ownerId, id, FileTypes.Extension(print.MediaType));
        using var content = new MemoryStream(print.Bytes, writable: false);
        var stored = await media.StoreAsync(ownerId, id, key, print.MediaType, content, spool.Sha256, cancel);
        return await rows.KeepAsync(stored with { Width = print.Width, Height = print.Height }, wish);
    }

    private async Task<Uploaded> ThrowAwayAsync(string key, Uploaded outcome)
    {
        if (outcome is not Uploaded.StoreDown)
            await rows.ThrowAwayAsync(key);
        return outcome;
    }

    private static PictureFault FaultOf(Developed developed) =>
        developed is Developed.Refused refused ? refused.Fault : PictureFault.Broken;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An upload was not kept: the store failed")]
        public static partial void StoreDown(ILogger logger, Exception e);
    }
}

/// <summary>An address that takes one PUT of one type for a few minutes.</summary>
public sealed record DirectUpload(string Id, Uri Address, string Type, long BytesMax, TimeSpan Lifetime);
