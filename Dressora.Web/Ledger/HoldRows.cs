using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Holds and their slices as rows.</summary>
internal static class HoldRows
{
    internal const string Columns = "id, user_id, reference, scope, amount, state, charged, opened_at, deadline, closed_at";

    internal static Task<Hold?> FindAsync(Write write, string reference) => write.RowAsync(
        $"SELECT {Columns} FROM credit_holds WHERE reference = @reference", Read, ("@reference", reference));

    internal static Task<List<Hold>> OverdueAsync(Write write, int atMost) => write.RowsAsync(
        $"SELECT {Columns} FROM credit_holds WHERE state = 'Open' AND deadline <= @now ORDER BY user_id, id LIMIT @most",
        Read,
        ("@now", InstantConverter.ToMicroseconds(write.Now)), ("@most", atMost));

    internal static Task<List<Slice>> SlicesAsync(Write write, long holdId) => write.RowsAsync(
        "SELECT hold_id, position, grant_id, amount FROM credit_slices WHERE hold_id = @hold ORDER BY position",
        row => new Slice(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3)),
        ("@hold", holdId));

    internal static async Task<long> InsertAsync(
        Write write, AccountBook book, string reference, string scope, long amount, TimeSpan lifetime) =>
        (await write.NumberAsync(
            "INSERT INTO credit_holds (user_id, reference, scope, amount, state, charged, opened_at, deadline, closed_at) "
            + "VALUES (@user, @reference, @scope, @amount, 'Open', 0, @at, @deadline, NULL) RETURNING id",
            ("@user", book.UserId), ("@reference", reference), ("@scope", scope), ("@amount", amount),
            ("@at", InstantConverter.ToMicroseconds(book.Now)),
            ("@deadline", InstantConverter.ToMicroseconds(book.Now + lifetime))))!.Value;

    internal static Task InsertAsync(Write write, Slice slice) => write.ExecuteAsync(
        "INSERT INTO credit_slices (hold_id, position, grant_id, amount) VALUES (@hold, @position, @grant, @amount)",
        ("@hold", slice.HoldId), ("@position", slice.Position), ("@grant", slice.GrantId), ("@amount", slice.Amount));

    internal static Task CloseAsync(Write write, AccountBook book, long holdId, HoldState state, long charged) => write.ExecuteAsync(
        "UPDATE credit_holds SET state = @state, charged = @charged, closed_at = @at WHERE id = @id AND state = 'Open'",
        ("@state", state.ToString()), ("@charged", charged), ("@at", InstantConverter.ToMicroseconds(book.Now)), ("@id", holdId));

    internal static Hold Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetInt64(4), Enum.Parse<HoldState>(row.GetString(5)),
        row.GetInt64(6), InstantConverter.FromMicroseconds(row.GetInt64(7)), InstantConverter.FromMicroseconds(row.GetInt64(8)),
        row.IsDBNull(9) ? null : InstantConverter.FromMicroseconds(row.GetInt64(9)));
}
