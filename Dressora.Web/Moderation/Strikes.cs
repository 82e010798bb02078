using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Moderation;

/// <summary>Counts refusals, and says who has to wait because of them. A pause follows from the strikes and is kept nowhere else.</summary>
public sealed class Strikes(Database database, TimeProvider clock, IOptionsMonitor<ModerationOptions> options)
{
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);
    public static readonly TimeSpan Pause = TimeSpan.FromHours(24);

    /// <summary>In the write that refuses; the same cause counts once.</summary>
    public static async Task AddAsync(Write write, long userId, StrikeReason reason, string source)
    {
        await write.HoldAsync($"strikes of {userId}");
        if (!await write.Db.Strikes.AnyAsync(s => s.UserId == userId && s.Source == source))
            write.Db.Strikes.Add(new Strike(userId, reason, source, write.Now));
        await write.SaveAsync();
    }

    public Task AddAsync(long userId, StrikeReason reason, string source) =>
        database.WriteAsync(write => AddAsync(write, userId, reason, source));

    /// <summary>Until when this person may not ask for anything; null when they may.</summary>
    public async Task<DateTimeOffset?> PauseAsync(long userId, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        var open = db.Strikes.Where(s => s.UserId == userId && s.ClearedAt == null);
        if (await open.OrderByDescending(s => s.At).Select(s => (DateTimeOffset?)s.At).FirstOrDefaultAsync(cancel) is not { } last
            || last + Pause <= now)
            return null;
        var since = last - Window;
        return await open.CountAsync(s => s.At > since, cancel) >= options.CurrentValue.Strikes ? last + Pause : null;
    }

    public async Task<IReadOnlyList<Strike>> OfAsync(long userId, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.Strikes.Where(s => s.UserId == userId).OrderByDescending(s => s.Id).Take(50).ToListAsync(cancel);
    }

    /// <summary>An admin thinks better of somebody: a pause ends with what made it. Says how many there were.</summary>
    public Task<int> ClearAsync(long userId, long actorId) => database.WriteAsync(async write =>
    {
        await write.HoldAsync($"strikes of {userId}");
        var open = await write.Db.Strikes.Where(s => s.UserId == userId && s.ClearedAt == null).ToListAsync();
        open.ForEach(strike => strike.Clear(actorId, write.Now));
        if (open.Count > 0)
            write.Audit(actorId, "clear strikes", $"person {userId}", $"{open.Count}");
        return open.Count;
    });
}
