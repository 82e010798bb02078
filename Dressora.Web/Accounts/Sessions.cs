using System.Data.Common;
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
public sealed class Sessions(Database database, Glances glances, TimeProvider clock)
{
    /// <summary>How stale "last seen" may be; each step saves a write for every page in between.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);

    /// <summary>Asked at every request.</summary>
    private const string Find =
        "SELECT s.id, u.id, u.name, u.email, u.role, u.language, u.theme, u.time_zone, s.seen_at, s.proved_at, s.factor_at, "
        + "u.deletion_due_at, u.totp_key IS NOT NULL OR (u.role <> 'Person' AND EXISTS "
        + "(SELECT 1 FROM user_passkeys AS p WHERE p.user_id = u.id)), u.welcomed_at, u.wants_mail "
        + "FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
        + "WHERE s.id = @id AND s.ended_at IS NULL AND s.expires_at > @now AND u.suspended_at IS NULL";

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
        var session = await glances.RowAsync(
            Find, Read, CancellationToken.None, ("@id", sessionId), ("@now", InstantConverter.ToMicroseconds(now)));
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

    private static SignedIn Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), Enum.Parse<Role>(row.GetString(4)), row.GetString(5),
        Enum.Parse<Theme>(row.GetString(6)), row.GetString(7), Instant(row, 8), Instant(row, 9), row.IsDBNull(10) ? null : Instant(row, 10),
        !row.IsDBNull(11), row.GetBoolean(12), row.IsDBNull(13), row.GetBoolean(14));

    private static DateTimeOffset Instant(DbDataReader row, int column) => InstantConverter.FromMicroseconds(row.GetInt64(column));

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
