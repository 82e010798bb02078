namespace Dressora.Tests.Harness;

/// <summary>One site's own database on the run's PostgreSQL server.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    internal IReadOnlyList<string> Settings { get; } = [];

    internal static Task<PostgresDatabase> CreateAsync() => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
