using Dressora.Tests.Harness;
using Dressora.Web.Operations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>The owner's first ten minutes: from the printed link to an open house, and back in another day.</summary>
[Trait("needs", "browser")]
public sealed class SetupJourney
{
    private const string Email = "olga@example.org";

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task The_printed_link_leads_through_the_wizard_into_the_house(bool script, int width)
    {
        await using var site = await Site.ListenAsync();
        await using var journey = await Journey.BeginAsync(site, new Sight(width, Script: script));
        await journey.GoAsync("/");
        await journey.GoAsync($"/setup?key={site.Services.GetRequiredService<SetupKey>().Ensure()}");
        await journey.ReadsAsync("Who owns this server?");
        await journey.TypeAsync("E-mail", Email);
        await journey.TypeAsync("Password", Make.Password);
        await journey.PressAsync("This is me, go on");

        await journey.ReadsAsync("What is it called, and where does it stand?");
        await journey.TypeAsync("Name", "Atelier Olga");
        await journey.CheckAsync("Only people I invite");
        await journey.PressAsync("Save and go on");
        await journey.ReadsAsync("How do letters leave?");
        await journey.PressAsync("Save and go on");
        await journey.ReadsAsync("Where do files live?");
        await journey.FollowAsync("Good, go on");
        await journey.ReadsAsync("Who makes the pictures?");
        await journey.PressAsync("Save and go on");
        await journey.ReadsAsync("Look it over");
        await journey.ShowsAsync("Atelier Olga");
        await journey.ShowsAsync("Only people I invite");
        await journey.FollowAsync("Open the house");
        await journey.ReadsAsync("2 things need a person");

        await journey.GoAsync("/account/sign-out");
        await journey.PressAsync("Sign out here");
        await journey.ShowsAsync("You are signed out on this device.");
        await journey.GoAsync("/account/sign-in");
        await journey.TypeAsync("E-mail", Email);
        await journey.TypeAsync("Password", Make.Password);
        await journey.PressAsync("Sign in");
        await journey.ReadsAsync("Welcome");
    }
}
