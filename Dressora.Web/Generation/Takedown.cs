using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>A reported result is judged: it stays, or it goes at once and for good, and its bytes are not taken again.</summary>
public sealed class Takedown(Database database, Reports reports, MediaStore media)
{
    private const string Prefix = "result:";

    public static string SubjectOf(long resultId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{resultId}");

    /// <summary>False when somebody judged it before.</summary>
    public Task<bool> RemoveAsync(long reportId, string answer, long actorId) => database.WriteAsync(async write =>
    {
        if (await reports.RemoveAsync(write, reportId, answer, actorId) is not { } report)
            return false;
        await History.HoldAsync(write, report.OwnerId);
        if (await write.Db.Results.SingleOrDefaultAsync(r => r.MediaId == report.MediaId) is { } result)
        {
            result.Vanish();
            if (await History.PreviewOfAsync(write, result) is { } preview)
                await media.EraseAsync(write, report.OwnerId, preview);
        }

        await write.SaveAsync();
        await media.EraseAsync(write, report.OwnerId, report.MediaId);
        return true;
    });
}
