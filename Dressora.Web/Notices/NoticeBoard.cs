using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Notices;

/// <summary>What the bell rings for: put up in the write that made it true, and seen when its page is.</summary>
public sealed class NoticeBoard(Database database, Glances glances, Stationery stationery)
{
    private const string Ready = "What you asked for at {0} is done. See it here:\n\n{1}\n\nThis letter comes because you asked for it; you "
        + "can stop it on the page of notices.";
    private const string Failed = "What you asked for at {0} came to nothing, and its credits are back. Why, and what you can do:\n\n{1}";

    public const int ShownMax = 50;

    /// <summary>Whoever waited less is still there, and needs no letter.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromSeconds(30);

    public Task PutUpAsync(Write write, long userId, NoticeKind kind, string path) => write.ExecuteAsync(
        "INSERT INTO notices (user_id, kind, path, at) SELECT id, @kind, @path, @at FROM users WHERE id = @user "
        + "ON CONFLICT (user_id, kind, path) DO UPDATE SET at = excluded.at, seen_at = NULL",
        ("@kind", kind.ToString()), ("@path", path), ("@at", InstantConverter.ToMicroseconds(write.Now)), ("@user", userId));

    /// <summary>The same, with a letter for whoever wants one after a long wait.</summary>
    public async Task PutUpAsync(Write write, long userId, NoticeKind kind, string path, TimeSpan waited)
    {
        await PutUpAsync(write, userId, kind, path);
        if (waited < LongWait || await write.RowAsync(
                "SELECT email, language FROM users WHERE id = @user AND wants_mail = TRUE AND email_confirmed = TRUE",
                row => new Reader(row.GetString(0), row.GetString(1)), ("@user", userId)) is not { } reader)
            return;
        if (kind == NoticeKind.Done)
            stationery.Post(write, reader.Email, reader.Language, "Your picture at {0} is ready", Ready, path);
        else
            stationery.Post(write, reader.Email, reader.Language, "Your job at {0} did not work", Failed, path);
    }

    /// <summary>How many they have not seen.</summary>
    public async Task<int> UnseenAsync(long userId, CancellationToken cancel = default) => (int)await glances.NumberAsync(
        "SELECT count(*) FROM notices WHERE user_id = @user AND seen_at IS NULL", cancel, ("@user", userId));

    public async Task<IReadOnlyList<Notice>> NewestAsync(long userId, CancellationToken cancel = default)
    {
        await using var db = database.OpenReader();
        return await db.Notices.Where(notice => notice.UserId == userId)
            .OrderByDescending(notice => notice.At).ThenByDescending(notice => notice.Id).Take(ShownMax).ToListAsync(cancel);
    }

    public Task SeeAllAsync(long userId) => database.WriteAsync(write => write.RunAsync(
        $"UPDATE notices SET seen_at = {write.Now} WHERE user_id = {userId} AND seen_at IS NULL"));

    /// <summary>Who stands before the thing itself needs no bell for it.</summary>
    public async Task SeeAsync(long userId, string path, CancellationToken cancel = default)
    {
        if (await database.AnyAsync($"SELECT 1 FROM notices WHERE user_id = {userId} AND seen_at IS NULL AND path = {path} LIMIT 1", cancel))
            await database.WriteAsync(write => write.RunAsync(
                $"UPDATE notices SET seen_at = {write.Now} WHERE user_id = {userId} AND path = {path} AND seen_at IS NULL"), cancel);
    }

    public Task WishAsync(long userId, bool wantsMail) => database.WriteAsync(async write =>
        (await write.Db.Users.SingleAsync(user => user.Id == userId)).WishForMail(wantsMail));

    /// <summary>Its person goes.</summary>
    internal static Task ForgetAsync(Write write, long userId) => write.RunAsync($"DELETE FROM notices WHERE user_id = {userId}");

    private sealed record Reader(string Email, string Language);
}
