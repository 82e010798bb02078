using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Credits are set aside, and the hold is closed once: charged, given back, or both in part.</summary>
internal static class Holding
{
    internal static async Task<Outcome> FreezeAsync(
        Write write, Command command, long userId, long amount, string reference, string scope, TimeSpan lifetime)
    {
        await write.HoldAsync($"credits for {reference}");
        var book = await AccountBook.OpenAsync(write, userId, command.Actor);
        if (await HoldRows.FindAsync(write, reference) is { } existing)
            return new AlreadyHeld(existing.Id);
        if (book.Debt > 0)
            return new InDebt(book.Debt);
        var grants = await book.BurnableAsync(scope);
        var available = grants.Sum(grant => grant.Available);
        if (available < amount)
            return new NotEnoughCredits(available, amount);

        var holdId = await HoldRows.InsertAsync(write, book, reference, scope, amount, lifetime);
        var note = new Note(reference, "", holdId);
        var (missing, position) = (amount, 0);
        foreach (var grant in grants.TakeWhile(_ => missing > 0))
        {
            var slice = new Slice(holdId, position++, grant.Id, Math.Min(missing, grant.Available));
            missing -= slice.Amount;
            await HoldRows.InsertAsync(write, slice);
            book.Move(grant, Bucket.Available, Bucket.Held, slice.Amount, EntryKind.Frozen, note);
        }

        await book.CloseAsync();
        return new Frozen(holdId, amount);
    }

    internal static Task<Outcome> SettleAsync(Write write, Command command, string reference, long actual) =>
        CloseAsync(write, command, reference, async (book, hold, slices) =>
        {
            var (left, note) = (Math.Min(actual, hold.Amount), new Note(reference, "", hold.Id));
            var unused = new List<(Slice Slice, long Amount)>();
            foreach (var slice in slices)
            {
                var charged = Math.Min(left, slice.Amount);
                left -= charged;
                Charge(book, await book.GrantAsync(slice.GrantId), charged, note);
                unused.Add((slice, slice.Amount - charged));
            }

            long givenBack = 0;
            foreach (var (slice, amount) in unused.Where(part => part.Amount > 0).Reverse())
            {
                givenBack += amount;
                await GiveBackAsync(write, book, slice, amount, ReleaseCause.Failed, note);
            }

            var overrun = Math.Max(0, actual - hold.Amount);
            book.Book(Bucket.Issued, Bucket.Overrun, overrun, EntryKind.Overrun, note);
            await HoldRows.CloseAsync(write, book, hold.Id, HoldState.Settled, hold.Amount - givenBack);
            return new Settled(hold.Amount - givenBack, givenBack, overrun);
        });

    internal static Task<Outcome> ReleaseAsync(Write write, Command command, string reference, ReleaseCause cause, string reason) =>
        CloseAsync(write, command, reference, async (book, hold, slices) =>
        {
            var note = new Note(reference, reason, hold.Id);
            var total = new Released(0, 0, 0);
            foreach (var slice in slices.Reverse())
            {
                var part = await GiveBackAsync(write, book, slice, slice.Amount, cause, note);
                total = new(total.GivenBack + part.GivenBack, total.MadeGood + part.MadeGood, total.Lapsed + part.Lapsed);
            }

            await HoldRows.CloseAsync(write, book, hold.Id, HoldState.Released, 0);
            return total;
        });

    private static async Task<Outcome> CloseAsync(
        Write write, Command command, string reference, Func<AccountBook, Hold, IReadOnlyList<Slice>, Task<Outcome>> close)
    {
        if (await HoldRows.FindAsync(write, reference) is not { } found)
            return new NoSuchHold();
        // The account is locked first; only then is the hold's state the last word.
        var book = await AccountBook.OpenAsync(write, found.UserId, command.Actor);
        var hold = (await HoldRows.FindAsync(write, reference))!;
        if (hold.State == HoldState.Settled)
            return new AlreadySettled(hold.Charged);
        if (hold.State == HoldState.Released)
            return new AlreadyReleased();
        var outcome = await close(book, hold, await HoldRows.SlicesAsync(write, hold.Id));
        await book.CloseAsync();
        return outcome;
    }

    /// <summary>A refund that waited for these credits now finds them spent: the person owes them.</summary>
    private static void Charge(AccountBook book, Grant grant, long amount, Note note)
    {
        book.Move(grant, Bucket.Held, Bucket.Spent, amount, EntryKind.Settled, note);
        var owed = Math.Max(0, grant.Recalled - grant.Held);
        grant.Recalled -= owed;
        if (!grant.IsCredit)
            return;
        grant.Owed += owed;
        book.Book(Bucket.Spent, Bucket.Debt, owed, EntryKind.Owed, note with { Reference = grant.Source });
    }

    private static async Task<Released> GiveBackAsync(
        Write write, AccountBook book, Slice slice, long amount, ReleaseCause cause, Note note)
    {
        var grant = await book.GrantAsync(slice.GrantId);
        var recalled = Math.Min(amount, grant.Recalled);
        grant.Recalled -= recalled;
        book.Move(grant, Bucket.Held, Bucket.Revoked, recalled, EntryKind.Revoked, note);
        var rest = amount - recalled;
        if (grant.IsLive(book.Now))
        {
            book.Move(grant, Bucket.Held, Bucket.Available, rest, EntryKind.Released, note);
            return new Released(rest, 0, 0);
        }

        book.Move(grant, Bucket.Held, Bucket.Expired, rest, EntryKind.Expired, note);
        if (cause == ReleaseCause.Cancelled || rest == 0)
            return new Released(0, 0, rest);
        await Giving.CompensateAsync(write, book, grant, rest, slice);
        return new Released(0, rest, 0);
    }
}
