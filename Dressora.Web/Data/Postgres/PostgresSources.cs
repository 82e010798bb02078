using Npgsql;

namespace Dressora.Web.Data.Postgres;

/// <summary>Two pools of connections to one database: one that writes, one that the server itself keeps from writing.</summary>
internal sealed class PostgresSources(string connectionString) : IAsyncDisposable
{
    internal NpgsqlDataSource Write { get; } = NpgsqlDataSource.Create(connectionString);

    internal NpgsqlDataSource Read { get; } = NpgsqlDataSource.Create(ReadOnly(connectionString));

    public async ValueTask DisposeAsync()
    {
        await Write.DisposeAsync();
        await Read.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder ReadOnly(string connectionString)
    {
        var asked = new NpgsqlConnectionStringBuilder(connectionString);
        asked.Options = $"{asked.Options} -c default_transaction_read_only=on".TrimStart();
        return asked;
    }
}
