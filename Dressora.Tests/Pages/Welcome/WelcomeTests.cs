using System.Net;
using Dressora.Tests.Generation;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Welcome;

/// <summary>Three short steps after the first sign-in, ending in a picture; all of it can be skipped.</summary>
public sealed class WelcomeTests : IAsyncLifetime
{
    private Workshop _shop = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _shop = await Workshop.OpenAsync();
        var nila = await _shop.Site.PersonAsync("nila@example.org");
        await _shop.Site.GiveAsync(nila.Id, 500);
        await _shop.Site.Database.WriteAsync(write => write.RunAsync($"UPDATE users SET welcomed_at = NULL WHERE id = {nila.Id}"));
        _browser = await _shop.Site.SignInAsync("nila@example.org");
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Somebody_new_is_shown_in_and_asked_only_once()
    {
        var welcome = await _browser.FollowAsync(_browser.GetAsync("/studio"));
        Assert.Equal("Welcome", welcome.Heading);
        Assert.Contains("500 credits", welcome.TextOf(".lede"), StringComparison.Ordinal);

        var editor = await _browser.FollowAsync(_browser.SubmitAsync(welcome, fields: new { Form_Name = "Nila", Form_CameFor = "sell" }));

        Assert.Equal("Try-on", editor.Heading);
        Assert.True(editor.Has(".stages [aria-current]"));
        Assert.Equal("Hello, Nila", (await _browser.GetAsync("/studio")).Heading);
        var nila = await NilaAsync();
        Assert.Equal("sell", nila.CameFor);
        using var admin = await _shop.Site.AdminAsync();
        Assert.Contains("I make or sell clothes", (await admin.GetAsync($"/admin/people/{nila.Id}")).TextOf("dl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skipping_leads_to_the_studio_and_says_nothing_of_them()
    {
        var welcome = await _browser.GetAsync("/welcome");
        var studio = await _browser.FollowAsync(
            _browser.SubmitAsync(welcome, fields: new { Form_Name = "Nila" }, button: "[name='Form.Skips']"));

        Assert.Equal("Hello", studio.Heading);
        Assert.Equal(("", ""), ((await NilaAsync()).Name, (await NilaAsync()).CameFor));
    }

    [Fact]
    public async Task A_name_without_end_and_a_reason_of_ones_own_are_not_kept()
    {
        var welcome = await _browser.GetAsync("/welcome");
        var refused = await _browser.SubmitAsync(welcome, fields: new { Form_Name = new string('n', 81) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);

        welcome.Find("[name='Form.CameFor']").SetAttribute("value", "<b>");
        await _browser.SubmitAsync(welcome, fields: new Dictionary<string, string> { ["Form.CameFor"] = "<b>" });
        Assert.Equal("", (await NilaAsync()).CameFor);
    }

    [Fact]
    public async Task Whoever_has_no_garment_borrows_one_and_it_hangs_in_their_wardrobe()
    {
        var editor = await _browser.GetAsync("/studio/try-on?welcome=true");
        Assert.Equal(3, editor.Document.QuerySelectorAll("#slot-garment .wardrobe input").Length);
        var piece = await _browser.GetPieceAsync("/studio/try-on/slot?role=garment&Form.Garment.Id=sample-kurta");
        Assert.Contains("One of ours", piece.TextOf("#slot-garment"), StringComparison.Ordinal);

        var answer = await _browser.SubmitAsync(
            editor, "#fitting", new { Form_Person_File = Photos.File(), Form_Garment_Id = "sample-kurta", Form_States = true });

        Assert.StartsWith("/jobs/", answer.Location, StringComparison.Ordinal);
        Assert.Contains("Teal kurta, on you", (await _browser.GetAsync(answer.Location!)).Heading, StringComparison.Ordinal);
        Assert.Equal("Teal kurta", (await _browser.GetAsync("/wardrobe?show=garments")).TextOf(".job-card b"));
    }

    private Task<AppUser> NilaAsync() => _shop.Site.ReadAsync(db => db.Users.SingleAsync(user => user.Email == "nila@example.org"));
}
