namespace Dressora.Tests.Harness;

/// <summary>One site's own database on the run's PostgreSQL server: a copy of one that was migrated once.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim OneCopyAtATime = new(1);
    private static int _count;

    private readonly PostgresServer _server;
    private readonly string _name;

    private PostgresDatabase(PostgresServer server, string name)
    {
        _server = server;
        _name = name;
    }

    internal string Name => _name;
    internal string ConnectionString => _server.ConnectionString(_name);

    internal IReadOnlyList<string> Settings =>
        ["--Database:Provider=Postgres", $"--Database:ConnectionString={ConnectionString}"];

    /// <summary>Migrated, or with nothing in it at all.</summary>
    internal static async Task<PostgresDatabase> CreateAsync(bool empty = false)
    {
        var server = await PostgresServer.SharedAsync();
        var name = $"site_{Interlocked.Increment(ref _count)}";
        await OneCopyAtATime.WaitAsync();
        try
        {
            await server.RunAsync($"CREATE DATABASE {name}" + (empty ? "" : $" TEMPLATE {PostgresServer.Template}"));
        }
        finally
        {
            OneCopyAtATime.Release();
        }

        return new PostgresDatabase(server, name);
    }

    /// <summary>Runs SQL beside the site, on the server's own database.</summary>
    internal Task RunOnServerAsync(string sql) => _server.RunAsync(sql);

    public async ValueTask DisposeAsync() => await _server.RunAsync($"DROP DATABASE {_name} WITH (FORCE)");
}
