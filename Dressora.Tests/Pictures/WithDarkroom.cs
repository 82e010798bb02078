using Dressora.Web.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dressora.Tests.Pictures;

/// <summary>One darkroom with a real child, for all tests of a class.</summary>
public sealed class WithDarkroom : IAsyncLifetime
{
    /// <summary>As long as anybody waits on a machine that is busy with something else.</summary>
    internal static readonly PictureLimits Patient = new() { TimeMax = TimeSpan.FromSeconds(60) };

    internal Darkroom Darkroom { get; } = Open(Patient);

    internal static Darkroom Open(PictureLimits limits, TimeProvider? clock = null) =>
        new(ChildStart.Ours(), limits, 1, clock ?? TimeProvider.System, NullLogger.Instance);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Darkroom.DisposeAsync();
}
