namespace Dressora.Web.Data;

/// <summary>One engine's way to lock, look and change its schema. Each migration and its row commit together.</summary>
public interface ISchema : IAsyncDisposable
{
    string Engine { get; }

    /// <summary>Opens the one connection that migrates, and holds a lock that dies with the process.</summary>
    Task OpenAsync(CancellationToken cancel);

    Task<IReadOnlyList<AppliedMigration>> AppliedAsync(CancellationToken cancel);

    /// <summary>A copy from before the upgrade; one that was begun and goes on has its copy already.</summary>
    Task SnapshotAsync(int from, int to, CancellationToken cancel);

    Task ApplyAsync(Migration migration, DateTimeOffset now, CancellationToken cancel);
}

public sealed record AppliedMigration(int Number, string Name, string Sha256);
