using Dressora.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Ledger;

/// <summary>A quiet site on one of the engines: each list of tests has a class for each.</summary>
public abstract class OnEngine(Engine engine) : IAsyncLifetime
{
    private Site? _site;
    private Till? _till;

    private protected Site Site => _site!;
    private protected Till Till => _till!;
    private protected FakeClock Clock => Site.Clock;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync(engine);
        _till = new Till(_site);
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    private protected T The<T>() where T : notnull => Site.Services.GetRequiredService<T>();
}
