using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Tests.Ledger;

/// <summary>
/// A second opinion beside the ledger's own check, written apart from it: I1 to I5, I8, I9 and I17 of some people's books,
/// from their rows alone.
/// </summary>
internal static class Recount
{
    internal static async Task CheckAsync(Database database, long from, long to)
    {
        await using var db = database.OpenReader();
        var accounts = await db.CreditAccounts.Where(a => a.UserId >= from && a.UserId <= to).ToListAsync();
        var grants = await db.CreditGrants.Where(g => g.UserId >= from && g.UserId <= to).ToListAsync();
        var holds = await db.CreditHolds.Where(h => h.UserId >= from && h.UserId <= to).ToListAsync();
        var ids = holds.Select(hold => hold.Id).ToList();
        var slices = await db.CreditSlices.Where(s => ids.Contains(s.HoldId)).ToListAsync();
        var entries = await db.CreditEntries.Where(e => e.UserId >= from && e.UserId <= to).OrderBy(e => e.Id).ToListAsync();

        foreach (var account in accounts)
        {
            CheckChain(account, [.. entries.Where(entry => entry.UserId == account.UserId)]);
            var debt = Sum(entries.Where(entry => entry.UserId == account.UserId), Bucket.Debt);
            var mine = grants.Where(grant => grant.UserId == account.UserId && grant.IsCredit).ToList();
            Same("I1", account, (account.Available, account.Held, account.Debt), (mine.Sum(g => g.Available), mine.Sum(g => g.Held), debt));
            var owed = mine.Sum(grant => grant.Owed) - entries.Where(e => e.UserId == account.UserId && e.From == Bucket.Debt).Sum(e => e.Amount);
            Same("I1, owed", account, account.Debt, owed);
        }

        foreach (var grant in grants)
            CheckGrant(grant, entries, [.. slices.Where(slice => slice.GrantId == grant.Id && holds.Single(h => h.Id == slice.HoldId).State == HoldState.Open)]);
        foreach (var hold in holds)
            CheckHold(hold, [.. entries.Where(entry => entry.HoldId == hold.Id)], [.. slices.Where(slice => slice.HoldId == hold.Id)]);
    }

    /// <summary>I17, and every sum that an entry says stands after it.</summary>
    private static void CheckChain(Account account, List<Entry> entries)
    {
        var head = Entry.Genesis(account.UserId);
        var at = DateTimeOffset.MinValue;
        foreach (var (entry, number) in entries.Select((entry, i) => (entry, i + 1L)))
        {
            Same("I17, number", account, entry.Number, number);
            head = entry.HashAfter(head);
            Same("I17, hash", account, Convert.ToHexString(entry.Hash), Convert.ToHexString(head));
            Same("rule 9", account, entry.At >= at, true);
            at = entry.At;
        }

        Same("I17, head", account, (account.Entries, Convert.ToHexString(account.Head)), (entries.Count, Convert.ToHexString(head)));
        if (entries.Count > 0)
            Same("last time", account, account.LastAt, at);
    }

    private static void CheckGrant(Grant grant, List<Entry> all, List<Slice> open)
    {
        var entries = all.Where(entry => entry.GrantId == grant.Id).ToList();
        Same("I9", grant, entries.Where(e => e.Kind == EntryKind.Granted).Select(e => (e.From, e.Amount)).Single(), (Bucket.Issued, grant.Issued));
        Same(
            "I1",
            grant,
            (grant.Available, grant.Held, grant.Spent, grant.Expired, grant.Revoked),
            (Sum(entries, Bucket.Available), Sum(entries, Bucket.Held), Sum(entries, Bucket.Spent), Sum(entries, Bucket.Expired), Sum(entries, Bucket.Revoked)));
        Same("I2", grant, grant.Issued, grant.Available + grant.Held + grant.Spent + grant.Expired + grant.Revoked);
        Same("I3", grant, grant.Held, open.Sum(slice => slice.Amount));
        Same("owed", grant, grant.Owed, all.Where(e => e.Kind == EntryKind.Owed && e.Reference == grant.Source).Sum(e => e.Amount));
    }

    private static void CheckHold(Hold hold, List<Entry> entries, List<Slice> slices)
    {
        Same("I3", hold, slices.Sum(slice => slice.Amount), hold.Amount);
        Same("I4", hold, Sum(entries, Bucket.Held), hold.State == HoldState.Open ? hold.Amount : 0);
        Same("I4, closed", hold, hold.ClosedAt is null, hold.State == HoldState.Open);
        var charged = entries.Where(e => e is { From: Bucket.Held, To: Bucket.Spent }).Sum(e => e.Amount);
        Same("I5", hold, hold.Charged, charged);
        Same("I6", hold, hold.State == HoldState.Settled || charged == 0, true);
        foreach (var slice in slices)
            Same("I3, slice", hold, entries.Where(e => e.Kind == EntryKind.Frozen && e.GrantId == slice.GrantId).Sum(e => e.Amount), slice.Amount);
    }

    private static long Sum(IEnumerable<Entry> entries, Bucket bucket) =>
        entries.Sum(entry => (entry.To == bucket ? entry.Amount : 0) - (entry.From == bucket ? entry.Amount : 0));

    private static void Same<T>(string what, object whose, T found, T should)
    {
        if (!EqualityComparer<T>.Default.Equals(found, should))
            throw new DifferException($"{what}: is {found}, should be {should}: {whose}");
    }
}
