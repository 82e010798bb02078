using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>Who a program speaks for, and how far.</summary>
public sealed record KeyHolder(long KeyId, long UserId, KeyScopes Scopes, long? SpendMax, DateTimeOffset? UsedAt);

public abstract record KeyMade
{
    private KeyMade()
    {
    }

    /// <summary>The text is nowhere else and is never seen again.</summary>
    public sealed record Made(ApiKey Key, string Text) : KeyMade;

    public sealed record TooMany(int Most) : KeyMade;
}

/// <summary>Keys for programs: made, looked up at every request, ended at once.</summary>
public sealed class ApiKeys(Database database, TimeProvider clock)
{
    /// <summary>How stale "last used" may be; it saves a write at every request.</summary>
    private static readonly TimeSpan UsedStep = TimeSpan.FromMinutes(1);

    private readonly Func<DressoraDb, byte[], DateTimeOffset, Task<KeyHolder?>> _find = EF.CompileAsyncQuery(
        (DressoraDb db, byte[] hash, DateTimeOffset now) => db.ApiKeys
            .Where(key => key.Hash == hash && key.EndedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
            .Join(
                db.Users.Where(user => user.SuspendedAt == null && user.DeletionDueAt == null),
                key => key.UserId,
                user => user.Id,
                (key, user) => new KeyHolder(key.Id, user.Id, (KeyScopes)key.ScopeBits, key.SpendMax, key.UsedAt))
            .SingleOrDefault());

    public Task<KeyMade> MakeAsync(long userId, string name, KeyScopes scopes, long? spendMax, DateTimeOffset? expiresAt) =>
        database.WriteAsync(write => MakeAsync(write, userId, name, scopes, spendMax, expiresAt));

    public async Task<KeyMade> MakeAsync(
        Write write, long userId, string name, KeyScopes scopes, long? spendMax, DateTimeOffset? expiresAt)
    {
        await write.HoldAsync($"keys of {userId}");
        var now = write.Now;
        if (await write.Db.ApiKeys.CountAsync(k => k.UserId == userId && k.EndedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now))
            >= ApiKey.PerPersonMax)
            return new KeyMade.TooMany(ApiKey.PerPersonMax);
        var (key, text) = ApiKey.Make(userId, name, scopes, spendMax, expiresAt, now);
        write.Db.ApiKeys.Add(key);
        await write.SaveAsync();
        return new KeyMade.Made(key, text);
    }

    public async Task<KeyHolder?> FindAsync(string text)
    {
        if (!ApiKey.LooksLikeOne(text))
            return null;
        var now = clock.GetUtcNow();
        await using var reader = database.OpenReader();
        var holder = await _find(reader, ApiKey.Digest(text), now);
        if (holder is not null && !(now - holder.UsedAt < UsedStep))
            await TouchAsync(holder.KeyId);
        return holder;
    }

    /// <summary>Open and ended ones, the newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> OfAsync(long userId)
    {
        await using var reader = database.OpenReader();
        return await reader.ApiKeys.Where(key => key.UserId == userId).OrderByDescending(key => key.Id).Take(100).ToListAsync();
    }

    public Task<bool> EndAsync(long userId, long keyId) => database.WriteAsync(async write =>
        (await write.Db.ApiKeys.SingleOrDefaultAsync(key => key.Id == keyId && key.UserId == userId))?.End(write.Now) ?? false);

    /// <summary>A request is not refused because "last used" could not be written.</summary>
    private async Task TouchAsync(long keyId)
    {
        try
        {
            await database.WriteAsync(write => write.Db.ApiKeys.Where(key => key.Id == keyId)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.UsedAt, write.Now)));
        }
        catch (DatabaseUnavailableException)
        {
        }
    }
}
