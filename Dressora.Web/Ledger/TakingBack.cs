using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Credits go without a job: refunds, corrections, time, and people who leave.</summary>
internal static class TakingBack
{
    internal static async Task<Outcome> RevokeAsync(Write write, Command command, string source, long portion, string reason)
    {
        if (await GrantRows.FindAsync(write, source) is not { } found)
            return new NoSuchGrant();
        var book = await AccountBook.OpenAsync(write, found.UserId, command.Actor);
        var grant = book.Known((await GrantRows.FindAsync(write, source))!);
        var note = new Note(source, reason);
        Lapse(book, grant, note);

        var left = Math.Min(portion, grant.Issued - grant.Revoked - grant.Owed - grant.Recalled);
        var taken = Take(ref left, grant.Available);
        book.Move(grant, Bucket.Available, Bucket.Revoked, taken, EntryKind.Revoked, note);
        // Debt is counted in credits: a use of an allowance cannot be owed.
        var owed = grant.IsCredit ? Take(ref left, grant.Spent - grant.Owed) : 0;
        grant.Owed += owed;
        book.Book(Bucket.Spent, Bucket.Debt, owed, EntryKind.Owed, note);
        var recalled = Take(ref left, grant.Held - grant.Recalled);
        grant.Recalled += recalled;
        book.Touch(grant);
        await book.CloseAsync();
        return new Revoked(taken, owed, recalled, left);
    }

    internal static async Task<Outcome> CorrectAsync(Write write, Command command, long userId, long amount, string reason)
    {
        var book = await AccountBook.OpenAsync(write, userId, command.Actor);
        var grants = await book.BurnableAsync(Scopes.Any);
        var available = grants.Sum(grant => grant.Available);
        if (available < amount)
            return new NotEnoughCredits(available, amount);
        var left = amount;
        foreach (var grant in grants.TakeWhile(_ => left > 0))
        {
            var taken = Take(ref left, grant.Available);
            book.Move(grant, Bucket.Available, Bucket.Revoked, taken, EntryKind.Corrected, new Note(grant.Source, reason));
        }

        await book.CloseAsync();
        return new Adjusted(-amount);
    }

    /// <summary>Everything that is left, of every kind; open holds still end as they would have.</summary>
    internal static async Task<Outcome> ForfeitAsync(Write write, Command command, long userId, string reason)
    {
        var book = await AccountBook.OpenAsync(write, userId, command.Actor);
        var grants = await write.RowsAsync(
            $"SELECT {GrantRows.Columns} FROM credit_grants WHERE user_id = @user AND available > 0 ORDER BY id",
            GrantRows.Read,
            ("@user", userId));
        long forfeited = 0;
        foreach (var grant in grants.Select(book.Known))
        {
            Lapse(book, grant, new Note(grant.Source, ""));
            forfeited += grant.IsCredit ? grant.Available : 0;
            book.Move(grant, Bucket.Available, Bucket.Expired, grant.Available, EntryKind.Forfeited, new Note(grant.Source, reason));
        }

        await book.CloseAsync();
        return new Forfeited(forfeited);
    }

    /// <summary>BookSums what time has already taken. Says how many grants it was, so that the caller knows when to stop.</summary>
    internal static async Task<int> ExpireAsync(Write write, int atMost)
    {
        var due = await write.RowsAsync(
            $"SELECT {GrantRows.Columns} FROM credit_grants WHERE available > 0 AND expires_at <= @now ORDER BY expires_at, id LIMIT @most",
            GrantRows.Read,
            ("@now", InstantConverter.ToMicroseconds(write.Now)), ("@most", atMost));
        foreach (var ofOne in due.GroupBy(grant => grant.UserId).OrderBy(group => group.Key))
        {
            var book = await AccountBook.OpenAsync(write, ofOne.Key, Command.System);
            foreach (var id in ofOne.Select(grant => grant.Id))
            {
                var grant = await book.GrantAsync(id);
                Lapse(book, grant, new Note(grant.Source, ""));
            }

            await book.CloseAsync();
        }

        return due.Count;
    }

    private static void Lapse(AccountBook book, Grant grant, Note note)
    {
        if (grant.ExpiresAt <= book.Now)
            book.Move(grant, Bucket.Available, Bucket.Expired, grant.Available, EntryKind.Expired, note);
    }

    private static long Take(ref long left, long most)
    {
        var taken = Math.Min(left, most);
        left -= taken;
        return taken;
    }
}
