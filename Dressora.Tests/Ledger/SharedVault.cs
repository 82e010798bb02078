using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>One ledger for all tests of a class, each with people of its own. When they are done, its books must be right.</summary>
public abstract class SharedVault(Engine engine) : IAsyncLifetime
{
    private long _people;

    internal Vault Vault { get; private set; } = null!;

    internal long NewPerson() => Interlocked.Increment(ref _people);

    public async Task InitializeAsync() => Vault = await Vault.OpenAsync(engine);

    public async Task DisposeAsync()
    {
        await using (Vault)
        {
            await Vault.VerifyAsync();
            await Recount.CheckAsync(Vault.Database, long.MinValue, long.MaxValue);
        }
    }
}

public sealed class SqliteVault() : SharedVault(Engine.Sqlite);

public sealed class PostgresVault() : SharedVault(Engine.Postgres);
