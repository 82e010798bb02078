using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data.Sqlite;

/// <summary>Tells a database that cannot write from a write that was wrong.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14;

    internal static Exception Translate(Exception e) => CodeOf(e) switch
    {
        Busy or Locked => new DatabaseUnavailableException(Unavailable.Busy, e),
        ReadOnly or InputOutput or Corrupt or Full or CannotOpen =>
            new DatabaseUnavailableException(Unavailable.CannotWrite, e),
        _ => e,
    };

    /// <summary>After one of these SQLite has rolled back everything by itself, savepoints included.</summary>
    internal static bool EndsTheTransaction(Exception e) => CodeOf(e) is InputOutput or Full or Busy or CannotOpen;

    private static int CodeOf(Exception e) => (e as SqliteException ?? (e as DbUpdateException)?.InnerException as SqliteException)
        ?.SqliteErrorCode ?? 0;
}
