using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dressora.Tests.Browser;

/// <summary>Asks axe about WCAG 2.2 AA and its own best practices.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Options = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
        ResultTypes = [ResultType.Violations],
    };

    private static readonly AxeRunOptions Contrast = new()
    {
        RunOnly = RunOnlyOptions.Rules("color-contrast"),
        ResultTypes = [ResultType.Violations],
    };

    internal static Task<IReadOnlyList<string>> FindAsync(IPage page) => FindAsync(page, Options);

    /// <summary>Everything in light; in dark, where only colours differ, the colours.</summary>
    internal static async Task<IReadOnlyList<string>> FindInLightAndDarkAsync(IPage page)
    {
        await page.EvaluateAsync("document.documentElement.dataset.theme = 'light'");
        var light = await FindAsync(page, Options);
        await page.EvaluateAsync("document.documentElement.dataset.theme = 'dark'");
        return [.. light, .. (await FindAsync(page, Contrast)).Select(finding => $"in dark, {finding}")];
    }

    private static async Task<IReadOnlyList<string>> FindAsync(IPage page, AxeRunOptions options)
    {
        var result = await page.RunAxe(options);
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
            $"{violation.Id}: {violation.Help} at {node.Target} {node.Html}"))];
    }
}
