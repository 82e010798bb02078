using System.Globalization;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Credits come in: each source once, and what is owed is paid first.</summary>
internal static class Giving
{
    private static readonly TimeSpan CompensationLife = TimeSpan.FromHours(72);

    internal static async Task<Outcome> GrantAsync(Write write, Command command, GrantOrder order)
    {
        if (await GrantRows.FindAsync(write, order.Source) is { } given)
            return order.IsSameAs(given) ? new AlreadyGranted(given.Id) : new KeyReused();
        var book = await AccountBook.OpenAsync(write, order.UserId, command.Actor);
        var (grant, netted) = await IntoAsync(write, book, order);
        await book.CloseAsync();
        return new Granted(grant.Id, netted);
    }

    /// <summary>Reset ends what is left of the plan's older credits; topping up lets them burn first.</summary>
    internal static async Task<Outcome> RenewAsync(Write write, Command command, GrantOrder order, bool resets)
    {
        if (await GrantRows.FindAsync(write, order.Source) is { } given)
            return order.IsSameAs(given) ? new AlreadyGranted(given.Id) : new KeyReused();
        var book = await AccountBook.OpenAsync(write, order.UserId, command.Actor);
        if (resets)
        {
            foreach (var old in (await book.BurnableAsync(order.Scope)).Where(grant => grant.Category == Category.Plan))
                book.Move(old, Bucket.Available, Bucket.Expired, old.Available, EntryKind.Expired, new Note(old.Source, "plan renewed"));
        }

        var (grant, netted) = await IntoAsync(write, book, order);
        await book.CloseAsync();
        return new Granted(grant.Id, netted);
    }

    /// <summary>What came back into a grant that ended through no fault of the person's: the same again, for three days.</summary>
    internal static Task CompensateAsync(Write write, AccountBook book, Grant ended, long amount, Slice slice) => IntoAsync(
        write,
        book,
        new GrantOrder(
            book.UserId, Category.Compensation, amount, book.Now, book.Now + CompensationLife,
            MadeGoodSource(slice), "made good", ended.Scope));

    internal static string MadeGoodSource(Slice slice) =>
        string.Create(CultureInfo.InvariantCulture, $"compensation:{slice.HoldId}:{slice.Position}");

    private static async Task<(Grant Grant, long Netted)> IntoAsync(Write write, AccountBook book, GrantOrder order)
    {
        var grant = book.Known(await GrantRows.InsertAsync(write, book.UserId, order));
        var note = new Note(order.Source, order.Reason);
        book.Move(grant, Bucket.Issued, Bucket.Available, order.Amount, EntryKind.Granted, note);
        if (order.Category != Category.Paid || !grant.IsCredit)
            return (grant, 0);
        var netted = Math.Min(book.Debt, order.Amount);
        book.Move(grant, Bucket.Available, Bucket.Spent, netted, EntryKind.Netted, note);
        book.Book(Bucket.Debt, Bucket.Spent, netted, EntryKind.Netted, note);
        return (grant, netted);
    }
}
