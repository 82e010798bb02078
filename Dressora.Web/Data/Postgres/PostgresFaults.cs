using System.Net.Sockets;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>Tells a server that is away, full or overrun from a write that was wrong.</summary>
internal static class PostgresFaults
{
    /// <summary>EF wraps what it takes for transient, sometimes twice: the server's word is at the bottom.</summary>
    internal static Unavailable? Of(Exception? e)
    {
        while (e is not null and not NpgsqlException and not SocketException)
            e = e.InnerException;
        return e switch
        {
            PostgresException told => Of(told.SqlState),
            NpgsqlException { InnerException: TimeoutException } => Unavailable.Busy,
            NpgsqlException or SocketException => Unavailable.Offline,
            _ => null,
        };
    }

    private static Unavailable? Of(string state) => state switch
    {
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError or PostgresErrorCodes.ReadOnlySqlTransaction =>
            Unavailable.CannotWrite,
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => Unavailable.Busy,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            Unavailable.Offline,
        _ => null,
    };
}
