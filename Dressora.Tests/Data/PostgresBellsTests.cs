using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Data;

/// <summary>A bell that is rung at one server wakes the workers of another on the same database.</summary>
public sealed class PostgresBellsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_ring_here_is_heard_there_and_does_not_come_back()
    {
        using var here = new DoorBell();
        using var there = new DoorBell();
        await using var site = await Site.StartAsync(Engine.Postgres, builder => builder.Services.AddSingleton<Bell>(here));
        var other = await site.BesideAsync(builder => builder.Services.AddSingleton<Bell>(there));
        // Each rings once by itself when it begins to listen.
        Assert.True(await HeardAsync(here, Patience) && await HeardAsync(there, Patience));

        here.Ring();

        Assert.True(await HeardAsync(here, TimeSpan.Zero));
        Assert.True(await HeardAsync(there, Patience));
        Assert.False(await HeardAsync(here, TimeSpan.FromMilliseconds(200)));
        await other.DisposeAsync();
    }

    private static Task<bool> HeardAsync(Bell bell, TimeSpan atMost) => (Task<bool>)bell.WaitAsync(atMost, CancellationToken.None);

    private sealed class DoorBell : Bell;
}
