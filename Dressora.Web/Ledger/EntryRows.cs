using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Entries as rows.</summary>
internal static class EntryRows
{
    internal const string Columns =
        "id, user_id, number, grant_id, hold_id, kind, from_bucket, to_bucket, amount, available_after, held_after, debt_after, "
        + "actor, reason, reference, at, hash";

    internal static Task InsertAsync(Write write, Entry entry, byte[] hash) => write.ExecuteAsync(
        "INSERT INTO credit_entries (user_id, number, grant_id, hold_id, kind, from_bucket, to_bucket, amount, available_after, "
        + "held_after, debt_after, actor, reason, reference, at, hash) VALUES (@user, @number, @grant, @hold, @kind, @from, @to, "
        + "@amount, @available, @held, @debt, @actor, @reason, @reference, @at, @hash)",
        ("@user", entry.UserId), ("@number", entry.Number), ("@grant", entry.GrantId), ("@hold", entry.HoldId),
        ("@kind", entry.Kind.ToString()), ("@from", entry.From.ToString()), ("@to", entry.To.ToString()), ("@amount", entry.Amount),
        ("@available", entry.AvailableAfter), ("@held", entry.HeldAfter), ("@debt", entry.DebtAfter), ("@actor", entry.Actor),
        ("@reason", entry.Reason), ("@reference", entry.Reference), ("@at", InstantConverter.ToMicroseconds(entry.At)), ("@hash", hash));

    internal static Entry Read(DbDataReader row) => new(
        row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4),
        EntryNames<EntryKind>.By[row.GetString(5)], EntryNames<Bucket>.By[row.GetString(6)], EntryNames<Bucket>.By[row.GetString(7)],
        row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetString(12), row.GetString(13),
        row.GetString(14), InstantConverter.FromMicroseconds(row.GetInt64(15)))
    {
        Id = row.GetInt64(0),
        Hash = (byte[])row.GetValue(16),
    };
}
