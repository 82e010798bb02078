using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Pages.Studio;

/// <summary>Where somebody arrives.</summary>
public sealed class StudioTests
{
    [Fact]
    public async Task An_empty_studio_says_what_comes_and_what_it_costs()
    {
        await using var shop = await Workshop.OpenAsync(credits: 50);
        using var browser = await shop.Site.SignInAsync();

        var page = await browser.GetAsync("/studio");

        Assert.Equal("Nothing hangs here yet", page.TextOf(".empty h2"));
        Assert.Contains("It costs 20 credits; you have 50.", page.TextOf(".empty"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_being_made_and_what_was_made_stand_there_after_a_reload_and_on_another_device()
    {
        await using var shop = await Workshop.OpenAsync();
        var done = await shop.EndAsync(await shop.SubmitAsync("one"));
        shop.Maker.OnPoll = _ => ScriptedMaker.Running();
        var open = await shop.SubmitAsync("two");
        using var other = await shop.Site.SignInAsync();

        var page = await other.GetAsync("/studio");

        Assert.True(page.Has($".rows a[href='/jobs/{open.Id}']"));
        Assert.True(page.Has($".recent a[href='/jobs/{done.Id}']"));
    }

    [Fact]
    public async Task Strangers_are_asked_to_sign_in_and_come_back()
    {
        await using var shop = await Workshop.OpenAsync();
        using var stranger = shop.Site.NewBrowser();

        Assert.Contains("/account/sign-in?", (await stranger.GetAsync("/studio")).Location, StringComparison.Ordinal);
        Assert.Contains("studio", (await stranger.GetAsync("/studio/try-on")).Location, StringComparison.Ordinal);
    }
}
