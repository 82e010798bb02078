using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>A session with the person as they are at this moment.</summary>
public sealed record SignedIn(
    long SessionId, long UserId, string Name, string Email, Role Role, string Language, Theme Theme, string TimeZone,
    DateTimeOffset SeenAt, DateTimeOffset ProvedAt, DateTimeOffset? FactorAt, bool IsLeaving, bool OwesFactor, bool IsNew, bool WantsMail)
{
    /// <summary>
    /// Whether they showed lately who they are. Where an account has a second factor that its password cannot replace,
    /// only that counts: else the password alone could add a new factor and be both.
    /// </summary>
    public bool IsProved(DateTimeOffset now) => now - (OwesFactor ? FactorAt : ProvedAt) < Session.ProofFresh;
}

/// <summary>Signed-in browsers: opened, looked up at every request, ended from anywhere.</summary>
public sealed class Sessions(Database database, TimeProvider clock)
{
    /// <summary>How stale "last seen" may be; each step saves a write for every page in between.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);

    private readonly Func<DressoraDb, long, DateTimeOffset, Task<SignedIn?>> _find = EF.CompileAsyncQuery(
        (DressoraDb db, long id, DateTimeOffset now) => db.Sessions
            .Where(session => session.Id == id && session.EndedAt == null && session.ExpiresAt > now)
            .Join(
                db.Users.Where(user => user.SuspendedAt == null),
                session => session.UserId,
                user => user.Id,
                (session, user) => new SignedIn(
                    session.Id, user.Id, user.Name, user.Email!, user.Role, user.Language, user.Theme, user.TimeZone, session.SeenAt,
                    session.ProvedAt, session.FactorAt, user.DeletionDueAt != null,
                    user.TotpKey != null || (user.Role != Role.Person && db.UserPasskeys.Any(passkey => passkey.UserId == user.Id)),
                    user.WelcomedAt == null, user.WantsMail))
            .SingleOrDefault());

    /// <summary>
    /// Null when the person was suspended or deleted, or chose another password, since they showed who they are. The
    /// session that this browser had before ends.
    /// </summary>
    public Task<long?> OpenAsync(Session session, string? stamp, bool factorShown, long? before) =>
        database.WriteAsync<long?>(async write =>
        {
            var person = await HeldPerson.FindAsync(write, session.UserId);
            if (person is not { MaySignIn: true } || (stamp is not null && stamp != person.SecurityStamp))
                return null;
            if (before is not null)
                (await write.Db.Sessions.SingleOrDefaultAsync(s => s.Id == before))?.End(write.Now);
            if (factorShown)
                session.ShowFactor(write.Now);
            write.Db.Sessions.Add(session);
            person.Seen(write.Now);
            await write.SaveAsync();
            return session.Id;
        });

    public async Task<SignedIn?> FindAsync(long sessionId)
    {
        var now = clock.GetUtcNow();
        using var reader = database.OpenReader();
        var session = await _find(reader, sessionId, now);
        if (session is not null && now - session.SeenAt > SeenStep)
            await TouchAsync(session);
        return session;
    }

    public async Task<IReadOnlyList<Session>> OfAsync(long userId)
    {
        var now = clock.GetUtcNow();
        using var reader = database.OpenReader();
        return await reader.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.SeenAt).ToListAsync();
    }

    public Task<bool> EndAsync(long userId, long sessionId) => database.WriteAsync(async write =>
    {
        var session = await write.Db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == userId);
        return session?.End(write.Now) ?? false;
    });

    public Task EndOthersAsync(long userId, long except) =>
        database.WriteAsync(write => EndAllAsync(write, userId, except));

    /// <summary>The session goes on under another number; null when it ended meanwhile.</summary>
    public Task<Session?> ProveAsync(long sessionId, bool factorShown) => database.WriteAsync(async write =>
    {
        await write.HoldAsync($"session {sessionId}");
        if (await write.Db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null) is not { } old)
            return null;
        var session = old.Renew(write.Now);
        if (factorShown)
            session.ShowFactor(write.Now);
        else
            session.Prove(write.Now);
        write.Db.Sessions.Add(session);
        await write.SaveAsync();
        return session;
    });

    internal static async Task EndAllAsync(Write write, long userId, long except = 0)
    {
        var open = await write.Db.Sessions
            .Where(s => s.UserId == userId && s.EndedAt == null && s.Id != except).ToListAsync();
        foreach (var session in open)
            session.End(write.Now);
    }

    /// <summary>A page is not refused because "last seen" could not be written.</summary>
    private async Task TouchAsync(SignedIn seen)
    {
        try
        {
            await database.WriteAsync(async write =>
            {
                await write.Db.Sessions.Where(s => s.Id == seen.SessionId)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, write.Now));
                await write.Db.Users.Where(user => user.Id == seen.UserId)
                    .ExecuteUpdateAsync(set => set.SetProperty(user => user.SeenAt, write.Now));
            });
        }
        catch (DatabaseUnavailableException)
        {
        }
    }
}
