using Dressora.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>From the first sign-in to a picture that somebody else sees, with what a fresh install has and nothing more.</summary>
[Trait("needs", "browser")]
public sealed class StudioJourney : IAsyncLifetime
{
    private const string Email = "nila@example.org";
    private const string Photo = "me.jpg";
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.ListenAsync();
        var nila = await _site.PersonAsync(Email);
        await _site.Database.WriteAsync(write => write.RunAsync($"UPDATE users SET welcomed_at = NULL WHERE id = {nila.Id}"));
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(true, 360)]
    [InlineData(false, 1280)]
    [InlineData(false, 360)]
    public async Task Somebody_new_sees_themselves_in_a_garment_and_shows_it(bool script, int width)
    {
        await using var journey = await BeginAsync(script, width);
        await journey.ReadsAsync("Welcome");
        await journey.TypeAsync("What shall we call you?", "Nila");
        await journey.PressAsync("On to the photo");
        await journey.ReadsAsync("Try-on");

        await journey.Page.SetInputFilesAsync("#person-file", new FilePayload { Name = Photo, MimeType = "image/jpeg", Buffer = Photos.Of(600, 800) });
        if (script)
            await journey.ShowsAsync("The file is fine.");
        await journey.Page.CheckAsync("#garment-sample-kurta", new() { Force = true });
        if (script)
            await journey.ShowsAsync("One of ours, to try with.");
        await journey.CheckAsync("I am 18 or older.");
        await journey.PressAsync("Try it on for 20 credits");
        await journey.ReadsAsync("Teal kurta, on you");
        await UntilAsync(journey, "After, made with AI", script);

        await journey.ShowsAsync("Receipt");
        await journey.ShowsAsync("480 credits");
        Assert.Equal(1, await _site.ReadAsync(db => db.Jobs.CountAsync()));
        await ComparesAsync(journey, script);
        if (script)
            Assert.InRange(await Stillness.MovedAsync(journey, "[data-wipe]"), 0, Stillness.ShiftMax);
        await DownloadsAsync(journey);
        await SharesAsync(journey);
        await journey.GoAsync("/history");
        await Assertions.Expect(journey.Page.Locator(".job-card img")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_keys_alone_do_it_all()
    {
        await using var journey = await BeginAsync(script: true, 1280);
        await journey.PressAsync("Skip all this");
        await journey.ReadsAsync("Hello");
        await journey.GoAsync("/studio/try-on?by=words");
        await journey.Page.SetInputFilesAsync("#person-file", new FilePayload { Name = Photo, MimeType = "image/jpeg", Buffer = Photos.Of(600, 800) });
        await journey.ShowsAsync("The file is fine.");
        await journey.Page.FocusAsync("[name='Form.States']");
        await journey.Page.Keyboard.PressAsync("Space");
        await journey.Page.FocusAsync("[name='Form.Category'][value='auto']");
        await journey.Page.Keyboard.PressAsync("ArrowRight");
        await journey.Page.FocusAsync("#description");
        await journey.Page.Keyboard.TypeAsync("linen shirt, off-white, loose");
        await journey.Page.Keyboard.PressAsync("Control+Enter");

        await journey.ReadsAsync("linen shirt, off-white, loose, on you");
        await journey.Page.FocusAsync("details.confirm summary");
        await journey.Page.Keyboard.PressAsync("Enter");
        await journey.ShowsAsync("All 20 credits come back at once.");
        await journey.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(journey.Page.Locator("details.confirm[open]")).ToHaveCountAsync(0);
        Assert.Equal("SUMMARY", await journey.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        await UntilAsync(journey, "After, made with AI", script: true);
    }

    private async Task<Journey> BeginAsync(bool script, int width)
    {
        var journey = await Journey.BeginAsync(_site, new Sight(width, Script: script));
        await journey.GoAsync("/account/sign-in");
        await journey.TypeAsync("E-mail", Email);
        await journey.TypeAsync("Password", Make.Password);
        await journey.PressAsync("Sign in");
        return journey;
    }

    /// <summary>Time goes on while somebody waits; without script they press Refresh.</summary>
    private async Task UntilAsync(Journey journey, string text, bool script)
    {
        for (var i = 0; i < 240; i++)
        {
            _site.Clock.Advance(Beat);
            await Task.Delay(Beat);
            if ((await journey.Page.InnerTextAsync("main")).Contains(text, StringComparison.Ordinal))
                return;
            if (!script && i % 4 == 3)
                await journey.GoAsync(journey.Path);
        }

        Assert.Fail($"{text} never came: {await journey.Page.InnerTextAsync("main")}");
    }

    /// <summary>Both pictures, or one large, by the keys; with script a slider besides.</summary>
    private static async Task ComparesAsync(Journey journey, bool script)
    {
        await journey.Page.FocusAsync("#look-both");
        await journey.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(journey.Page.Locator(".compare figure:visible")).ToHaveCountAsync(1);
        await journey.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(journey.Page.Locator(".compare figure:visible")).ToHaveCountAsync(2);
        await Assertions.Expect(journey.Page.Locator("[data-wipe]")).ToBeVisibleAsync(new() { Visible = script });
    }

    private static async Task DownloadsAsync(Journey journey)
    {
        var link = await journey.Page.Locator(".actions a[href*=download]").GetAttributeAsync("href");
        var file = await journey.Page.APIRequest.GetAsync(new Uri(journey.Site.Address, link).ToString());
        Assert.Equal(200, file.Status);
        Assert.StartsWith("attachment", file.Headers["content-disposition"], StringComparison.Ordinal);
    }

    private static async Task SharesAsync(Journey journey)
    {
        await journey.FollowAsync("Share link");
        await journey.PressAsync("Make the link");
        var shown = await journey.Page.Locator(".rows input[readonly]").InputValueAsync();
        using var stranger = journey.Site.NewBrowser();
        var page = await stranger.GetAsync(new Uri(shown).PathAndQuery);
        Assert.Equal("A picture made with AI", page.Heading);
    }
}
