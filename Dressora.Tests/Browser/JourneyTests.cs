using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>The tools of the journeys, tried on a page made for them.</summary>
[Trait("needs", "browser")]
public sealed class JourneyTests
{
    [Fact]
    public async Task Axe_works_under_our_policy_and_finds_a_button_without_a_name()
    {
        await using var site = await PlantedPage.ListenAsync("<main><h1>A page</h1><button></button></main>");
        await using var journey = await Journey.BeginAsync(site);
        await journey.GoAsync(PlantedPage.Path);

        var findings = await journey.FindingsAsync();

        Assert.StartsWith("button-name:", Assert.Single(findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_breach_of_the_policy_fails_the_journey()
    {
        await using var site = await PlantedPage.ListenAsync("<main><h1 style='color:red'>A page</h1></main>");
        var journey = await Journey.BeginAsync(site);
        await journey.GoAsync(PlantedPage.Path);

        var complaint = await Assert.ThrowsAsync<InvalidOperationException>(async () => await journey.DisposeAsync());

        Assert.Contains("inline style", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_virtual_authenticator_makes_a_passkey()
    {
        await using var site = await PlantedPage.ListenAsync("<main><h1>A page</h1></main>");
        await using var journey = await Journey.BeginAsync(site);
        var authenticator = await journey.PlugInAuthenticatorAsync();
        await journey.GoAsync(PlantedPage.Path);

        await journey.Page.EvaluateAsync(
            """
            () => navigator.credentials.create({ publicKey: {
              challenge: new Uint8Array(16), rp: { name: "x" }, user: { id: new Uint8Array(8), name: "a", displayName: "a" },
              pubKeyCredParams: [{ type: "public-key", alg: -7 }],
              authenticatorSelection: { residentKey: "required" } } }).then(() => 1)
            """);

        Assert.Equal(1, await authenticator.CountAsync());
    }

    [Fact]
    public async Task With_scripting_off_a_page_runs_none()
    {
        await using var site = await PlantedPage.ListenAsync("<main><h1>A page</h1><noscript><p>No script</p></noscript></main>");
        await using var journey = await Journey.BeginAsync(site, Sight.Phone with { Script = false });
        await journey.GoAsync(PlantedPage.Path);

        await journey.ReadsAsync("A page");
        Assert.True(await journey.Page.Locator("noscript p").IsVisibleAsync());
    }
}
