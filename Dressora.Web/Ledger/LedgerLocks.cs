using Dressora.Web.Data;
using Npgsql;

namespace Dressora.Web.Ledger;

/// <summary>
/// SQLite's one writer needs no lock. On PostgreSQL a command holds its key first, a freeze then its reference, then the
/// account's row, always in this order. A sweep holds the rows of all its people first, in the order of their numbers; the
/// keys it takes are nobody else's.
/// </summary>
internal static class LedgerLocks
{
    internal static string ForUpdate(Write write) => write.Connection is NpgsqlConnection ? " FOR UPDATE" : "";

    internal static async Task HoldAsync(Write write, IEnumerable<long> people)
    {
        if (write.Connection is not NpgsqlConnection)
            return;
        foreach (var person in people.Distinct().Order())
            await write.ExecuteAsync("SELECT 1 FROM credit_accounts WHERE user_id = @user FOR UPDATE", ("@user", person));
    }
}
