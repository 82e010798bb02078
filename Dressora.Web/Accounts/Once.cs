using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>What works once: the answer to a puzzle, the answer to a passkey's question.</summary>
internal static class Once
{
    /// <summary>False when it was spent before.</summary>
    internal static async Task<bool> SpendAsync(Write write, string hash, DateTimeOffset forgottenAt)
    {
        await write.HoldAsync($"once {hash}");
        if (await write.Db.SpentPuzzles.AnyAsync(spent => spent.Hash == hash))
            return false;
        write.Db.SpentPuzzles.Add(new SpentPuzzle(hash, forgottenAt));
        return true;
    }
}
