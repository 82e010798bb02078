using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

internal static class SqliteCheck
{
    /// <summary>STRICT tables came with it.</summary>
    internal static readonly Version Least = new(3, 37);

    internal static string? Fault()
    {
        SystemSqlite.ChooseNative();
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        return Fault(Version.Parse(connection.ServerVersion));
    }

    internal static string? Fault(Version version) => version >= Least
        ? null
        : $"SQLite {version} is too old, {Least} or later is needed. On Debian: sudo apt-get install libsqlite3-0";
}
