using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dressora.Tests.Pages.Setup;

public sealed class SetupTests : IAsyncLifetime
{
    private const string Email = "owner@example.org";
    private Site _site = null!;
    private PlainBrowser _browser = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _browser = _site.NewBrowser();
        _key = _site.Services.GetRequiredService<SetupKey>().Ensure();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task The_printed_link_leads_from_nobody_to_an_open_house()
    {
        var owner = await FoundAsync();
        Assert.Equal("/setup/site", owner.Location);
        var site = await _browser.FollowAsync(owner);
        var letters = await _browser.FollowAsync(_browser.SubmitAsync(
            site, "main form", new { Form_Name = "Atelier", Form_SignUp = "Closed" }));
        var files = await _browser.FollowAsync(_browser.SubmitAsync(letters));
        Assert.Contains(_site.Folder.Root, files.Text, StringComparison.Ordinal);
        var makers = await _browser.GetAsync("/setup/makers");
        var done = await _browser.FollowAsync(_browser.SubmitAsync(makers));

        Assert.Equal("Look it over", done.Heading);
        Assert.Contains("Only people I invite", done.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/admin")).Status);
        Assert.Contains("Atelier", (await _browser.GetAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_founds_nothing()
    {
        var answer = await FoundAsync(key: "guess");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("not the key", answer.TextOf("#Form_Key-error"), StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task The_key_works_once_and_is_gone_from_the_folder()
    {
        await FoundAsync();
        using var second = _site.NewBrowser();

        Assert.Equal("/", (await second.GetAsync($"/setup?key={_key}")).Location);
        Assert.False(File.Exists(_site.Folder.SetupKey));
        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync(user => user.Role == Role.Owner)));
    }

    [Fact]
    public async Task Two_at_once_with_the_key_make_one_owner()
    {
        using var other = _site.NewBrowser();
        var mine = await _browser.GetAsync($"/setup?key={_key}");
        var theirs = await other.GetAsync($"/setup?key={_key}");

        await Task.WhenAll(
            _browser.SubmitAsync(mine, "main form", Fields(_key, "a@example.org")),
            other.SubmitAsync(theirs, "main form", Fields(_key, "b@example.org")));

        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync(user => user.Role == Role.Owner)));
    }

    [Theory]
    [InlineData("/setup/site")]
    [InlineData("/setup/letters")]
    [InlineData("/setup/files")]
    [InlineData("/setup/makers")]
    [InlineData("/setup/done")]
    public async Task A_stranger_sees_no_later_step(string path)
    {
        using var stranger = _site.NewBrowser();

        Assert.StartsWith("/account/sign-in", (await stranger.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_kept_for_this_server_alone_and_never_shown()
    {
        await FoundAsync();
        var makers = await _browser.GetAsync("/setup/makers");

        await _browser.SubmitAsync(makers, "main form", new { Form_Fal = "fal-very-secret-key" });

        var again = await _browser.GetAsync("/setup/makers");
        Assert.DoesNotContain("fal-very-secret-key", again.Text, StringComparison.Ordinal);
        Assert.Contains("One is kept", again.TextOf("#Form_Fal-hint"), StringComparison.Ordinal);
        Assert.Contains("fal-very-secret-key", await File.ReadAllTextAsync(_site.Folder.Secrets), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_site.Folder.Secrets));
        Assert.DoesNotContain("fal-very-secret-key", (await _browser.GetAsync("/admin/settings")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_site.Log.Lines, line => line.Text.Contains("fal-very-secret-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_server_counts_from_the_next_letter_on()
    {
        await FoundAsync();
        var letters = await _browser.GetAsync("/setup/letters");

        var refused = await _browser.SubmitAsync(letters, "main form", new { Form_Host = "mail.example.org", Form_From = "nobody" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("mail.example.org", refused.Find("#Form_Host").GetAttribute("value"));

        await _browser.SubmitAsync(letters, "main form", new { Form_Host = "mail.example.org", Form_From = "house@example.org" });
        Assert.DoesNotContain("No mail server is set", (await _browser.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://a.example.org", "#Form_Name-error")]
    [InlineData("Atelier", "atelier.example.org", "#Form_Address-error")]
    [InlineData("Atelier", "https://a.example.org/shop", "#Form_Address-error")]
    [InlineData("Atelier", "javascript:alert(1)", "#Form_Address-error")]
    public async Task A_name_or_address_that_will_not_do_is_refused_and_kept(string name, string address, string error)
    {
        await FoundAsync();
        var site = await _browser.GetAsync("/setup/site");

        var answer = await _browser.SubmitAsync(site, "main form", new { Form_Name = name, Form_Address = address });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.True(answer.Has(error));
        Assert.Equal(address, answer.Find("#Form_Address").GetAttribute("value"));
    }

    [Fact]
    public async Task A_value_that_the_command_line_overrules_is_said_to_be()
    {
        await FoundAsync();
        var site = await _browser.GetAsync("/setup/site");

        var next = await _browser.FollowAsync(_browser.SubmitAsync(
            site, "main form", new { Form_Name = "Atelier", Form_Address = "https://elsewhere.example.org" }));

        Assert.Contains("wins: Site:Address", next.Text, StringComparison.Ordinal);
    }

    private async Task<Answer> FoundAsync(string? key = null)
    {
        var page = await _browser.GetAsync($"/setup?key={_key}");
        return await _browser.SubmitAsync(page, "main form", Fields(key ?? _key, Email));
    }

    private static object Fields(string key, string email) =>
        new { Form_Key = key, Form_Name = "Mila", Form_Email = email, Form_Password = Make.Password };
}
