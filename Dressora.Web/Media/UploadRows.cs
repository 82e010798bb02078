using Dressora.Web.Data;
using Dressora.Web.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Media;

/// <summary>What a sent file becomes in the books: the second row of known bytes, a new file within the quota, or nothing.</summary>
public sealed class UploadRows(Database database, MediaStore media, Deletions deletions, IOptionsMonitor<MediaOptions> options)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Bytes that this person has sent before; null when they are new.</summary>
    public Task<Uploaded?> AgainAsync(long ownerId, string sourceSha256, UploadWish wish) => database.WriteAsync(async write =>
    {
        await MediaStore.HoldAsync(write, ownerId);
        return await Blocks.HaveAsync(write, sourceSha256)
            ? new Uploaded.Blocked()
            : await KnownAsync(write, ownerId, sourceSha256, wish);
    });

    public async Task<Uploaded> KeepAsync(StoredFile file, UploadWish wish)
    {
        var outcome = await database.WriteAsync(write => KeepAsync(write, file, wish));
        if (outcome is not Uploaded.Kept { Item: var item } || item.BlobKey != file.BlobKey)
            await media.DropAsync(file);
        return outcome;
    }

    public Task<Uploaded> ClaimAsync(long ownerId, string id, UploadWish wish) => database.WriteAsync<Uploaded>(async write =>
    {
        await MediaStore.HoldAsync(write, ownerId);
        var item = await write.Db.MediaItems.SingleOrDefaultAsync(i => i.Id == id && i.OwnerId == ownerId && i.State == MediaState.Kept);
        if (item is null)
            return new Uploaded.NotThere();
        if (wish.Claims && await HasStatedAsync(write, ownerId, wish.States))
            item.Claim(wish.Label, write.Now);
        return new Uploaded.Kept(item, IsNew: false);
    });

    public Task ThrowAwayAsync(string key) => database.WriteAsync(write => deletions.Add(write, key, DeletionReason.Orphan));

    /// <summary>Whether this person's statement to the words of today is kept.</summary>
    public async Task<bool> HasStatedAsync(long ownerId)
    {
        await using var db = database.OpenReader();
        return await db.MediaStatements.AnyAsync(s => s.UserId == ownerId && s.Version == Statement.Current);
    }

    /// <summary>The statement by itself, for photos that hang in the wardrobe already.</summary>
    public Task StateAsync(long ownerId) => database.WriteAsync(write => HasStatedAsync(write, ownerId, states: true));

    private async Task<Uploaded> KeepAsync(Write write, StoredFile file, UploadWish wish)
    {
        await MediaStore.HoldAsync(write, file.OwnerId);
        if (await Blocks.HaveAsync(write, file.SourceSha256, file.Sha256))
            return new Uploaded.Blocked();
        if (await KnownAsync(write, file.OwnerId, file.SourceSha256, wish) is { } known)
            return known;
        // Somebody whose account goes in this moment keeps nothing more.
        if (!await write.Db.Users.AnyAsync(user => user.Id == file.OwnerId))
            return new Uploaded.NotThere();
        var quota = options.CurrentValue.QuotaMegabytes;
        if (await MediaStore.UsedAsync(write.Db, file.OwnerId) + file.Bytes > quota * Megabyte)
            return new Uploaded.Full(quota);
        return await AddAsync(write, file, wish);
    }

    private async Task<Uploaded?> KnownAsync(Write write, long ownerId, string sourceSha256, UploadWish wish)
    {
        var known = await write.Db.MediaItems
            .Where(i => i.OwnerId == ownerId && i.SourceSha256 == sourceSha256 && i.State == MediaState.Kept)
            .Where(i => i.Purpose == Purpose.Person || i.Purpose == Purpose.Garment || i.Purpose == Purpose.Input).ToListAsync();
        if (known.Find(item => item.Purpose == wish.Purpose) is { } same)
        {
            if (wish.Claims && await HasStatedAsync(write, ownerId, wish.States))
                same.Claim(wish.Label, write.Now);
            return new Uploaded.Kept(same, IsNew: false);
        }

        return known is [var other, ..]
            ? await AddAsync(write, FileOf(other), wish)
            : null;
    }

    private async Task<Uploaded.Kept> AddAsync(Write write, StoredFile file, UploadWish wish)
    {
        var claims = wish.Claims && await HasStatedAsync(write, file.OwnerId, wish.States);
        return new Uploaded.Kept(media.Keep(write, file, wish.Purpose, wish.Label, claims), IsNew: true);
    }

    private static async Task<bool> HasStatedAsync(Write write, long ownerId, bool states)
    {
        if (await write.Db.MediaStatements.AnyAsync(s => s.UserId == ownerId && s.Version == Statement.Current))
            return true;
        if (states)
            write.Db.MediaStatements.Add(new Statement(ownerId, Statement.Current, write.Now));
        return states;
    }

    private static StoredFile FileOf(MediaItem item) => new(
        BlobKeys.NewId(), item.OwnerId, item.BlobKey, item.Type, item.Kind, item.Bytes, item.Sha256, item.SourceSha256)
    {
        Width = item.Width,
        Height = item.Height,
    };
}
