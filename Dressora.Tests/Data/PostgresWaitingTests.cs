using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Data;

[Trait("needs", "postgres")]
public sealed class PostgresWaitingTests() : Waiting(Engine.Postgres)
{
    private const int WritersMax = 32;

    private protected override async Task<IAsyncDisposable> TakeEveryTurnAsync(Store store)
    {
        var turns = new List<Store.Turn>();
        for (var i = 0; i < WritersMax; i++)
            turns.Add(await store.TakeTurnAsync());
        return new Turns(turns);
    }

    private sealed class Turns(List<Store.Turn> turns) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var turn in turns)
                await turn.DisposeAsync();
        }
    }
}
