using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Grants as rows.</summary>
internal static class GrantRows
{
    internal const string Columns =
        "id, user_id, category, scope, source, effective_at, expires_at, issued, available, held, spent, expired, revoked, recalled, owed";

    internal static Grant Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        UserId = row.GetInt64(1),
        Category = Enum.Parse<Category>(row.GetString(2)),
        Scope = row.GetString(3),
        Source = row.GetString(4),
        EffectiveAt = InstantConverter.FromMicroseconds(row.GetInt64(5)),
        ExpiresAt = InstantConverter.FromMicroseconds(row.GetInt64(6)),
        Issued = row.GetInt64(7),
        Available = row.GetInt64(8),
        Held = row.GetInt64(9),
        Spent = row.GetInt64(10),
        Expired = row.GetInt64(11),
        Revoked = row.GetInt64(12),
        Recalled = row.GetInt64(13),
        Owed = row.GetInt64(14),
    };

    /// <summary>A grant whose credits are all still to be moved out of "issued"; its first entry does that.</summary>
    internal static async Task<Grant> InsertAsync(Write write, long userId, GrantOrder order)
    {
        var id = await write.NumberAsync(
            "INSERT INTO credit_grants (user_id, category, scope, source, priority, effective_at, expires_at, issued, available, "
            + "held, spent, expired, revoked, recalled, owed) VALUES (@user, @category, @scope, @source, @priority, @effective, "
            + "@expires, @issued, @issued, 0, 0, 0, 0, 0, 0) RETURNING id",
            ("@user", userId), ("@category", order.Category.ToString()), ("@scope", order.Scope), ("@source", order.Source),
            ("@priority", (int)order.Category), ("@effective", InstantConverter.ToMicroseconds(order.EffectiveAt)),
            ("@expires", InstantConverter.ToMicroseconds(order.ExpiresAt)), ("@issued", order.Amount));
        return new Grant
        {
            Id = id!.Value,
            UserId = userId,
            Category = order.Category,
            Scope = order.Scope,
            Source = order.Source,
            EffectiveAt = order.EffectiveAt,
            ExpiresAt = order.ExpiresAt,
            Issued = order.Amount,
        };
    }

    internal static Task UpdateAsync(Write write, Grant grant) => write.ExecuteAsync(
        "UPDATE credit_grants SET available = @available, held = @held, spent = @spent, expired = @expired, revoked = @revoked, "
        + "recalled = @recalled, owed = @owed WHERE id = @id",
        ("@available", grant.Available), ("@held", grant.Held), ("@spent", grant.Spent), ("@expired", grant.Expired),
        ("@revoked", grant.Revoked), ("@recalled", grant.Recalled), ("@owed", grant.Owed), ("@id", grant.Id));

    internal static Task<Grant?> FindAsync(Write write, string source) => write.RowAsync(
        $"SELECT {Columns} FROM credit_grants WHERE source = @source", Read, ("@source", source));
}
