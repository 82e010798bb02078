using Dressora.Tests.Harness;
using Dressora.Tests.House;
using Microsoft.Playwright;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>Every page of the house, as a real browser shows it to everybody who may see it.</summary>
[Trait("needs", "browser")]
public sealed class EveryPageTests
{
    [Fact]
    public Task No_page_has_an_axe_finding_in_light_or_dark() => WalkAsync(Sight.Desk, Axe.FindInLightAndDarkAsync);

    [Fact]
    public Task Every_page_is_right_on_a_phone_without_script() =>
        WalkAsync(Sight.Phone with { Script = false }, PhoneFindingsAsync);

    [Fact]
    public async Task A_page_too_wide_for_a_phone_is_found()
    {
        await using var site = await PlantedPage.ListenAsync(
            "<main><h1>A page</h1><table><tr><td>" + string.Concat(Enumerable.Repeat("wide&nbsp;", 80)) + "</table></main>");
        await using var journey = await Journey.BeginAsync(site, Sight.Phone with { Script = false });
        await journey.GoAsync(PlantedPage.Path);

        var finding = Assert.Single(await PhoneFindingsAsync(journey.Page));

        Assert.StartsWith("scrolls sideways", finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_too_small_for_a_finger_is_found()
    {
        await using var site = await PlantedPage.ListenAsync("<main><h1>A page</h1><p><input type=checkbox aria-label=A></p></main>");
        await using var journey = await Journey.BeginAsync(site, Sight.Phone with { Script = false });
        await journey.GoAsync(PlantedPage.Path);

        Assert.StartsWith("too small for a finger", Assert.Single(await PhoneFindingsAsync(journey.Page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_its_heading_is_found()
    {
        await using var site = await PlantedPage.ListenAsync("<main><h1></h1></main>");
        await using var journey = await Journey.BeginAsync(site, Sight.Phone with { Script = false });
        await journey.GoAsync(PlantedPage.Path);

        Assert.Equal(["its heading cannot be seen"], await PhoneFindingsAsync(journey.Page));
    }

    private static async Task WalkAsync(Sight sight, Func<IPage, Task<IReadOnlyList<string>>> look)
    {
        await using var site = await Site.ListenAsync();
        var walk = await Walk.ThroughAsync(site);
        await using var empty = await Site.ListenAsync();
        var found = new List<Finding>();
        foreach (var (house, stops) in new[] { (site, walk), (empty, await Walk.ThroughNewAsync(empty)) })
        {
            var one = OneOfEach(stops.Pages.OrderBy(stop => stop.Who)).ToLookup(stop => stop.Who);
            foreach (var who in stops.Browsers.Keys)
            {
                await using var journey = await Journey.BeginAsync(house, sight);
                await journey.BecomeAsync(stops.Browsers[who]);
                foreach (var stop in one[who])
                {
                    await journey.GoAsync(stop.Path);
                    found.AddRange((await look(journey.Page)).Select(what => stop.Finding($"{what}.", $"Look at it: {sight}.")));
                }
            }
        }

        Clean.Of(found);
    }

    /// <summary>
    /// Pages that differ in numbers and questions alone are one page, seen by the first who may: strangers see the open ones,
    /// people their own, admins theirs.
    /// </summary>
    private static IEnumerable<Stop> OneOfEach(IEnumerable<Stop> stops) => stops.DistinctBy(stop =>
        string.Concat(stop.Path.Split('?')[0].Select(letter => char.IsDigit(letter) ? '#' : letter)));

    private static async Task<IReadOnlyList<string>> PhoneFindingsAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [], root = document.documentElement;
          if (root.scrollWidth > root.clientWidth) {
            const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
              .filter(e => ![...e.children].some(c => c.getBoundingClientRect().right > root.clientWidth + 1));
            found.push(`scrolls sideways, ${root.scrollWidth} of ${root.clientWidth}: ${wide.slice(0, 2).map(e => e.outerHTML.slice(0, 90)).join(" and ")}`);
          }
          const seen = e => e && e.getClientRects().length > 0 && e.textContent.trim() !== "";
          if (!seen(document.querySelector("h1"))) found.push("its heading cannot be seen");
          for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary")) {
            // A radio that is drawn as its label is pressed there, wherever the label stands.
            const pressed = e.closest("label") ?? (/radio|checkbox/.test(e.type) && e.labels[0] || e);
            const box = pressed.getBoundingClientRect();
            if (box.width > 0 && (box.width < 24 || box.height < 24))
              found.push(`too small for a finger, ${Math.round(box.width)} by ${Math.round(box.height)}: ${e.outerHTML.slice(0, 90)}`);
          }
          return found;
        }
        """);
}
