using Dressora.Tests.Data;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>The ledger on a database of its own, without a site around it.</summary>
internal sealed class Vault : IAsyncDisposable
{
    /// <summary>Files in memory: as durable as the others in everything but a power cut, and much quicker.</summary>
    private const string InMemory = "/dev/shm";

    private readonly Store _store;

    private Vault(Store store, Engine engine)
    {
        _store = store;
        Engine = engine;
        Ledger = new CreditLedger(new LedgerGuard(store.Database, store.Clock));
        Verifier = new Verifier(store.Database, store.Clock);
        Till = new Till(store.Database, store.Clock, Ledger);
    }

    internal Engine Engine { get; }
    internal CreditLedger Ledger { get; }
    internal Verifier Verifier { get; }
    internal Till Till { get; }
    internal Database Database => _store.Database;
    internal FakeClock Clock => _store.Clock;
    internal DataFolder Folder => _store.Folder;

    internal static async Task<Vault> OpenAsync(Engine engine, string? at = null) =>
        new(await Store.OpenAsync(engine, at: at ?? NewFolder()), engine);

    internal static string NewFolder() =>
        Path.Combine(Directory.Exists(InMemory) ? InMemory : Path.GetTempPath(), $"dressora-{Guid.NewGuid():N}");

    /// <summary>Another machine's house on the same database, whose clock differs. SQLite has no second house: there it is this one.</summary>
    internal Node OpenNode(TimeSpan ahead) => new(this, Engine == Engine.Postgres ? _store.Postgres.ConnectionString : null, ahead);

    /// <summary>Every entry played again, and every counter, hold and hash held against it.</summary>
    internal async Task<Verification> VerifyAsync()
    {
        var found = await Verifier.VerifyAsync();
        return found.IsGood ? found : throw new InvalidOperationException($"{Engine}: {found.Fault}");
    }

    /// <summary>Ends as a stopping house does, and keeps the files.</summary>
    internal Task CloseAsync() => _store.CloseAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
