using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>Tells a database that cannot write from a write that was wrong.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>What the caller of one failed write hears: a fault of the database by its name, anything else as it is.</summary>
    internal static Exception Translate(Exception e) => CodeOf(e) switch
    {
        Busy or Locked => new DatabaseUnavailableException(Unavailable.Busy, e),
        ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NotADatabase =>
            new DatabaseUnavailableException(Unavailable.CannotWrite, e),
        _ => e,
    };

    /// <summary>What everybody hears whose commit failed, for whatever reason.</summary>
    internal static DatabaseUnavailableException Lost(Exception e) =>
        Translate(e) as DatabaseUnavailableException ?? new DatabaseUnavailableException(Unavailable.CannotWrite, e);

    private static int CodeOf(Exception? e)
    {
        while (e is not null and not SqliteException)
            e = e.InnerException;
        return (e as SqliteException)?.SqliteErrorCode ?? 0;
    }
}
