using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>The codes in people's letters. A newer letter makes the older one of its kind worthless.</summary>
internal static class MailedCodes
{
    private const int SecretMax = 100;

    internal static async Task<string> ReplaceAsync(Write write, long userId, CodePurpose purpose, string email)
    {
        await write.Db.MailedCodes.Where(code => code.UserId == userId && code.Purpose == purpose).ExecuteDeleteAsync();
        write.Db.MailedCodes.Add(MailedCode.Make(userId, purpose, email, write.Now, out var secret));
        return secret;
    }

    /// <summary>Whoever guards the account anew guards it against every letter that is still out.</summary>
    internal static Task RevokeAllAsync(Write write, long userId) =>
        write.Db.MailedCodes.Where(code => code.UserId == userId && code.UsedAt == null).ExecuteDeleteAsync();

    /// <summary>Whose code it is, when it still works; nothing is held, so a write asks again.</summary>
    internal static async Task<AppUser?> PeekAsync(DressoraDb reader, string? secret, CodePurpose purpose, DateTimeOffset now)
    {
        if (HashOf(secret) is not { } hash)
            return null;
        return await reader.MailedCodes
            .Where(code => code.Hash == hash && code.Purpose == purpose && code.UsedAt == null && code.ExpiresAt > now)
            .Join(reader.Users.Where(user => user.SuspendedAt == null), code => code.UserId, user => user.Id, (_, user) => user)
            .SingleOrDefaultAsync();
    }

    /// <summary>A code that still works, and the person whose it is, held.</summary>
    internal static async Task<(MailedCode Code, AppUser Person)?> FindAsync(Write write, string? secret, CodePurpose purpose)
    {
        if (HashOf(secret) is not { } hash)
            return null;
        var codes = write.Db.MailedCodes.Where(code => code.Hash == hash && code.Purpose == purpose);
        if (await codes.Select(code => code.UserId).ToListAsync() is not [var userId]
            || await HeldPerson.FindAsync(write, userId) is not { SuspendedAt: null } person
            || await codes.SingleOrDefaultAsync() is not { } code
            || !code.IsAlive(write.Now))
            return null;
        return (code, person);
    }

    private static string? HashOf(string? secret) =>
        string.IsNullOrEmpty(secret) || secret.Length > SecretMax ? null : MailedCode.HashOf(secret);
}
