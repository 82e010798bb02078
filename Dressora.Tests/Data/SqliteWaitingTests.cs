using Dressora.Tests.Harness;

namespace Dressora.Tests.Data;

public sealed class SqliteWaitingTests() : Waiting(Engine.Sqlite)
{
    private protected override async Task<IAsyncDisposable> TakeEveryTurnAsync(Store store) => await store.TakeTurnAsync();
}
