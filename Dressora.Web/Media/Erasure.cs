using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Media;

public static class Erasure
{
    /// <summary>For what was judged: its bytes go at once, whatever time to change one's mind it still had.</summary>
    public static async Task EraseAsync(this MediaStore media, Write write, long ownerId, string id)
    {
        if (await media.MarkAsync(write, ownerId, id, DeletionReason.Asked))
            return;
        var key = await write.Db.MediaItems.Where(i => i.Id == id && i.OwnerId == ownerId && i.State == MediaState.Deleting)
            .Select(i => i.BlobKey).SingleOrDefaultAsync();
        foreach (var deletion in await write.Db.MediaDeletions.Where(d => d.BlobKey == key && d.State == DeletionState.Waiting).ToListAsync())
            deletion.TryAgain(write.Now);
    }
}
