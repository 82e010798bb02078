using System.Data.Common;
using Dressora.Web.Data;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>
/// Everything that is stored and counted of some people, in words. Rows and people are numbered from one, and the mark
/// before their keys is left out, so that what was done alike reads alike.
/// </summary>
internal sealed class Inventory(long firstUser, long lastUser, string mark)
{
    private readonly List<long> _grants = [];
    private readonly List<long> _holds = [];

    internal string Text { get; private set; } = "";

    internal async Task<Inventory> ReadAsync(Write write)
    {
        (string, object?)[] mine = [("@from", firstUser), ("@to", lastUser)];
        var people = await write.RowsAsync(
            "SELECT user_id, available, held, debt, last_at FROM credit_accounts WHERE user_id BETWEEN @from AND @to AND entries > 0 ORDER BY user_id",
            row => Words.Person(row.GetInt64(0) - firstUser, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), Instant(row, 4)), mine);
        var grants = await write.RowsAsync(
            "SELECT id, source, user_id, category, scope, effective_at, expires_at, issued, available, held, spent, expired, revoked, recalled, owed "
            + "FROM credit_grants WHERE user_id BETWEEN @from AND @to ORDER BY id", ReadGrant, mine);
        var parts = await write.RowsAsync(
            "SELECT s.hold_id, s.grant_id, s.amount FROM credit_slices s JOIN credit_holds h ON h.id = s.hold_id "
            + "WHERE h.user_id BETWEEN @from AND @to ORDER BY s.hold_id, s.position",
            row => (Hold: row.GetInt64(0), Grant: NumberOfGrant(row.GetInt64(1)), Amount: row.GetInt64(2)), mine);
        var ofHold = parts.ToLookup(part => part.Hold, part => (part.Grant, part.Amount));
        var holds = await write.RowsAsync(
            "SELECT id, reference, user_id, scope, amount, state, charged, deadline FROM credit_holds WHERE user_id BETWEEN @from AND @to ORDER BY id",
            row => ReadHold(row, ofHold), mine);
        Text = string.Join('\n', [.. people, .. grants, .. holds]).Replace(mark, "", StringComparison.Ordinal);
        return this;
    }

    /// <summary>An answer that names rows by the numbers they have here.</summary>
    internal string Describe(object answer) => Script.Describe(answer switch
    {
        Granted granted => granted with { GrantId = NumberOfGrant(granted.GrantId) },
        AlreadyGranted granted => new AlreadyGranted(NumberOfGrant(granted.GrantId)),
        Frozen frozen => frozen with { HoldId = NumberOfHold(frozen.HoldId) },
        AlreadyHeld held => new AlreadyHeld(NumberOfHold(held.HoldId)),
        _ => answer,
    }).Replace(mark, "", StringComparison.Ordinal);

    private int NumberOfGrant(long id) => _grants.IndexOf(id) + 1;

    private int NumberOfHold(long id) => _holds.IndexOf(id) + 1;

    private string ReadGrant(DbDataReader row)
    {
        _grants.Add(row.GetInt64(0));
        return Words.Grant(
            _grants.Count, row.GetString(1), row.GetInt64(2) - firstUser, Enum.Parse<Category>(row.GetString(3)), row.GetString(4),
            Instant(row, 5), Instant(row, 6),
            (row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14)));
    }

    private string ReadHold(DbDataReader row, ILookup<long, (int, long)> parts)
    {
        _holds.Add(row.GetInt64(0));
        return Words.Hold(
            _holds.Count, row.GetString(1), row.GetInt64(2) - firstUser, row.GetString(3), row.GetInt64(4),
            Enum.Parse<HoldState>(row.GetString(5)), row.GetInt64(6), Instant(row, 7), parts[row.GetInt64(0)]);
    }

    private static DateTimeOffset Instant(DbDataReader row, int column) => InstantConverter.FromMicroseconds(row.GetInt64(column));
}
