using Microsoft.Data.Sqlite;

namespace Dressora.Web.Data.Sqlite;

/// <summary>How a connection to the file is opened: one that writes, any number that read.</summary>
internal sealed class SqliteConnections(DataFolder folder)
{
    /// <summary>How long another program (an owner's sqlite3 shell) may hold the file before a write is answered "busy".</summary>
    private const int BusySeconds = 5;

    internal string ReadString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = folder.Database,
        Mode = SqliteOpenMode.ReadOnly,
        DefaultTimeout = BusySeconds,
    }.ToString();

    internal SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = BusySeconds,
            Pooling = false,
        }.ToString());
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "PRAGMA foreign_keys = ON");
        Run(connection, "PRAGMA cell_size_check = ON");
        Run(connection, "PRAGMA journal_size_limit = 67108864");
        return connection;
    }

    internal static void Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
