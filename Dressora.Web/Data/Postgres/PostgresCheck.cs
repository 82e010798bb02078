using System.Net.Sockets;
using Npgsql;

namespace Dressora.Web.Data.Postgres;

internal static class PostgresCheck
{
    private const int PatienceSeconds = 5;

    /// <summary>The first whose planner and DDL our migrations were written for.</summary>
    private const int Least = 13;

    internal static async Task<string?> FaultAsync(string connectionString)
    {
        NpgsqlConnectionStringBuilder asked;
        try
        {
            asked = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = PatienceSeconds, Pooling = false };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "Database:ConnectionString cannot be read; it looks like Host=localhost;Database=dressora;Username=dressora;Password=...";
        }

        try
        {
            await using var connection = new NpgsqlConnection(asked.ToString());
            await connection.OpenAsync();
            return connection.PostgreSqlVersion.Major >= Least
                ? null
                : $"PostgreSQL {connection.PostgreSqlVersion} is too old, {Least} or later is needed.";
        }
        catch (PostgresException e)
        {
            return $"PostgreSQL at {asked.Host}:{asked.Port} refuses us: {e.MessageText}.";
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            return $"PostgreSQL at {asked.Host}:{asked.Port} does not answer: {e.InnerException?.Message ?? e.Message}.";
        }
    }
}
