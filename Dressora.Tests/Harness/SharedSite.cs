using Xunit;

namespace Dressora.Tests.Harness;

/// <summary>One SQLite site for all tests of a class: <c>IClassFixture&lt;SharedSite&gt;</c>.</summary>
public sealed class SharedSite : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;

    public async Task InitializeAsync() => Site = await Site.StartAsync();

    public async Task DisposeAsync() => await Site.DisposeAsync();
}
