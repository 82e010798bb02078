using Dressora.Web.Data;
using Npgsql;

namespace Dressora.Web.Ledger;

/// <summary>SQLite's one writer needs no lock. PostgreSQL locks the key first, then the account's row, always in this order.</summary>
internal static class LedgerLocks
{
    internal static Task KeyAsync(Write write, string key) => write.Connection is NpgsqlConnection
        ? write.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@key, 0))", ("@key", key))
        : Task.CompletedTask;

    internal static string ForUpdate(Write write) => write.Connection is NpgsqlConnection ? " FOR UPDATE" : "";
}
