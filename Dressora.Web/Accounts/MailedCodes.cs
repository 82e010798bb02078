using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>The codes in people's letters. A newer letter makes the older one of its kind worthless.</summary>
internal static class MailedCodes
{
    internal static async Task<string> ReplaceAsync(Write write, long userId, CodePurpose purpose, string email)
    {
        await RevokeAsync(write, userId, purpose);
        write.Db.MailedCodes.Add(MailedCode.Make(userId, purpose, email, write.Now, out var secret));
        return secret;
    }

    internal static Task RevokeAsync(Write write, long userId, CodePurpose purpose) =>
        write.Db.MailedCodes.Where(code => code.UserId == userId && code.Purpose == purpose).ExecuteDeleteAsync();

    /// <summary>A code that still works, and whose it is.</summary>
    internal static async Task<(MailedCode Code, AppUser Person)?> FindAsync(Write write, string? secret, CodePurpose purpose)
    {
        if (string.IsNullOrEmpty(secret) || secret.Length > 100)
            return null;
        var hash = MailedCode.HashOf(secret);
        var code = await write.Db.MailedCodes.SingleOrDefaultAsync(code => code.Hash == hash && code.Purpose == purpose);
        if (code is null || code.UsedAt is not null || write.Now >= code.ExpiresAt)
            return null;
        return (code, await write.Db.Users.SingleAsync(user => user.Id == code.UserId));
    }
}
