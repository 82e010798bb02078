using Microsoft.Playwright;

namespace Dressora.Tests.Browser;

/// <summary>On a slow line the script comes after the first paint, and must not push about what stands there.</summary>
internal static class Stillness
{
    internal const double ShiftMax = 0.05;
    private const string Script = "**/app.*.js";
    private const string Moved = """
        new Promise(tell => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value)).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => tell(sum), 300);
        })
        """;
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(500);

    /// <summary>How far the page moved, as browsers reckon it, until what its script shows was there.</summary>
    internal static async Task<double> MovedAsync(Journey journey, string shown)
    {
        await journey.Page.RouteAsync(Script, async route =>
        {
            await Task.Delay(Late);
            await route.ContinueAsync();
        });
        await journey.GoAsync(journey.Path);
        await Assertions.Expect(journey.Page.Locator(shown)).ToBeVisibleAsync();
        var moved = await journey.Page.EvaluateAsync<double>(Moved);
        await journey.Page.UnrouteAsync(Script);
        return moved;
    }
}
