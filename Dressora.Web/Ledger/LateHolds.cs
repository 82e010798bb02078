using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>Holds that outlived their deadline: the sweep gives them back, and where it does not come, an admin may.</summary>
public sealed class LateHolds(Database database, CreditLedger ledger, TimeProvider clock)
{
    /// <summary>From here on something keeps the sweep from its work.</summary>
    public static readonly TimeSpan Worrying = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<Hold>> OfAsync(int atMost)
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenReader();
        return await Late(db, now).OrderBy(hold => hold.Deadline).Take(atMost).ToListAsync();
    }

    public async Task<int> WorryingAsync()
    {
        var before = clock.GetUtcNow() - Worrying;
        await using var db = database.OpenReader();
        return await Late(db, before).CountAsync();
    }

    /// <summary>
    /// <see cref="Released"/>, <see cref="NoSuchHold"/>, or null when there is nothing to do: its job may still run, or it
    /// was closed meanwhile.
    /// </summary>
    public Task<Outcome?> ReleaseAsync(long holdId, string reason, long actorId) => database.WriteAsync<Outcome?>(async write =>
    {
        await write.HoldAsync($"late hold {holdId}");
        if (await write.Db.CreditHolds.SingleOrDefaultAsync(hold => hold.Id == holdId) is not { } hold)
            return new NoSuchHold();
        if (hold.State != HoldState.Open || hold.Deadline > write.Now)
            return null;
        var command = new Command($"late:{hold.Id}", $"admin {actorId}");
        if (await ledger.ReleaseAsync(write, command, hold.Reference, ReleaseCause.Failed, reason) is not Released released)
            return null;
        write.Audit(actorId, "release a hold", $"person {hold.UserId}", $"{hold.Amount} for {hold.Reference}: {reason}");
        return released;
    });

    private static IQueryable<Hold> Late(DressoraDb db, DateTimeOffset before) =>
        db.CreditHolds.Where(hold => hold.State == HoldState.Open && hold.Deadline <= before);
}
