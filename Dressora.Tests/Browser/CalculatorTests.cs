using System.Text.Json;
using Dressora.Tests.Harness;
using Dressora.Tests.House;
using Dressora.Web.Payments;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>The script's calculator against the server's, for every number that is sold.</summary>
[Trait("needs", "browser")]
public sealed class CalculatorTests
{
    [Fact]
    public async Task Script_and_server_count_the_same()
    {
        await using var site = await Site.ListenAsync();
        await using var journey = await Journey.BeginAsync(site);
        await journey.GoAsync("/pricing");
        var money = SourceTree.ReadText("wwwroot-src/js/money.js").Replace("export ", "", StringComparison.Ordinal);
        foreach (var rate in new long[] { 275, 23_100, 1, 333, Random.Shared.Next(1, 100_000) })
        {
            var counted = await journey.Page.EvaluateAsync<string>(
                money + $$"""
                ;(() => {
                  const cents = [], credits = [], most = centsFor({{Exchange.CreditsMax}}, {{rate}});
                  for (let n = {{Exchange.CreditsMin}}; n <= {{Exchange.CreditsMax}}; n++) cents.push(centsFor(n, {{rate}}));
                  for (let n = 0; n <= Math.min(most, 300000); n++) credits.push(creditsFor(n * 100, {{rate}}));
                  return JSON.stringify({ cents, credits });
                })()
                """);
            var script = JsonSerializer.Deserialize<Counted>(counted, JsonSerializerOptions.Web)!;

            Assert.Equal(Enumerable.Range(0, script.Cents.Length).Select(n => Exchange.CentsFor(n + Exchange.CreditsMin, rate)), script.Cents);
            Assert.Equal(Enumerable.Range(0, script.Credits.Length).Select(n => Exchange.CreditsFor(n * 100L, rate)), script.Credits);
        }
    }

    private sealed record Counted(long[] Cents, long[] Credits);
}
