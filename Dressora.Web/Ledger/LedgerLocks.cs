using Dressora.Web.Data;
using Npgsql;

namespace Dressora.Web.Ledger;

/// <summary>SQLite's one writer needs no lock. On PostgreSQL a command holds its key first, then the account's row, always in this order.</summary>
internal static class LedgerLocks
{
    internal static string ForUpdate(Write write) => write.Connection is NpgsqlConnection ? " FOR UPDATE" : "";
}
