using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>Tells a server that is away, full or overrun from a write that was wrong.</summary>
internal static class PostgresFaults
{
    internal static Unavailable? Of(Exception e) => (e is DbUpdateException { InnerException: { } inner } ? inner : e) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction } =>
            Unavailable.CannotWrite,
        PostgresException
        {
            SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        } => Unavailable.Busy,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow } =>
            Unavailable.Offline,
        PostgresException => null,
        NpgsqlException or SocketException => Unavailable.Offline,
        _ => null,
    };
}
