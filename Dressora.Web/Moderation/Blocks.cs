using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Moderation;

/// <summary>Bytes that are not taken here.</summary>
public static class Blocks
{
    public static Task<bool> HaveAsync(Write write, params IReadOnlyList<string> hashes) =>
        write.Db.BlockedFiles.AnyAsync(file => hashes.Contains(file.Sha256));

    internal static async Task AddAsync(Write write, Report report)
    {
        if (report.Sha256.Length > 0 && !await HaveAsync(write, report.Sha256))
            write.Db.BlockedFiles.Add(new BlockedFile(report.Sha256, report.Id, write.Now));
    }
}
