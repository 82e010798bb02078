using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Xunit;

namespace Dressora.Tests.Pages.Account;

public sealed class ProfileTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncLifetime
{
    private AppUser _person = null!;
    private PlainBrowser _browser = null!;

    private Site Site => shared.Site;

    public async Task InitializeAsync() => (_person, _browser) = await Site.InsideAsync();

    public Task DisposeAsync()
    {
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_profile_is_kept_and_shown()
    {
        var answer = await SaveAsync(new { Form_Name = " Aśha ऋ 😀 ", Form_Language = "hi", Form_Theme = "Light" });

        Assert.Equal("/account", answer.Location);
        var page = await _browser.GetAsync("/account");
        Assert.Equal("Aśha ऋ 😀", page.Heading);
        Assert.Equal("light", page.Find("html").GetAttribute("data-theme"));
        var kept = await Site.ReadAsync(_person);
        Assert.Equal(("Aśha ऋ 😀", "hi", Theme.Light), (kept.Name, kept.Language, kept.Theme));
    }

    [Fact]
    public async Task A_name_has_eighty_letters_at_most()
    {
        Assert.Equal("/account", (await SaveAsync(new { Form_Name = new string('n', 80) })).Location);

        var refused = await SaveAsync(new { Form_Name = new string('m', 81) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("At most 80", refused.TextOf("[id$=Name-error]"), StringComparison.Ordinal);
        Assert.Equal(new string('n', 80), (await Site.ReadAsync(_person)).Name);
    }

    [Fact]
    public async Task No_name_is_a_name_too()
    {
        await SaveAsync(new { Form_Name = "Asha" });

        Assert.Equal("/account", (await SaveAsync(new { Form_Name = "  " })).Location);

        Assert.Equal("You", (await _browser.GetAsync("/account")).Heading);
    }

    [Theory]
    [InlineData("a\u0001b\u007Fc", "abc")]
    [InlineData("a\u202Eb\u2066c", "abc")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("क्‍ष", "क्‍ष")]
    public async Task A_name_is_one_line_of_text_and_never_markup(string typed, string kept)
    {
        await SaveAsync(new { Form_Name = typed });

        var page = await _browser.GetAsync("/account");

        Assert.Equal(kept, (await Site.ReadAsync(_person)).Name);
        Assert.Equal(kept, page.Find("h1").TextContent);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("")]
    [InlineData("en-US")]
    public async Task An_unknown_language_is_English(string language)
    {
        await PostAsync(("Form.Language", language), ("Form.Theme", "Dark"));

        Assert.Equal("en", (await Site.ReadAsync(_person)).Language);
    }

    [Theory]
    [InlineData("Purple")]
    [InlineData("7")]
    public async Task An_unknown_look_is_refused(string theme)
    {
        var answer = await PostAsync(("Form.Theme", theme), ("Form.Name", "Asha"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(Theme.Dark, (await Site.ReadAsync(_person)).Theme);
    }

    [Fact]
    public async Task Nothing_but_the_profile_is_taken_from_its_form()
    {
        await PostAsync(("Form.Name", "Asha"), ("Form.Role", "Owner"), ("Role", "Owner"), ("Form.Id", "1"), ("Form.EmailConfirmed", "false"));

        var kept = await Site.ReadAsync(_person);
        Assert.Equal(("Asha", Role.Person, true), (kept.Name, kept.Role, kept.EmailConfirmed));
    }

    private async Task<Answer> SaveAsync(object fields) =>
        await _browser.SubmitAsync(await _browser.GetAsync("/account"), "form[action='/account']", fields);

    private async Task<Answer> PostAsync(params (string Name, string Value)[] fields)
    {
        var page = await _browser.GetAsync("/account");
        var token = page.Find("form[action='/account'] input[name=__RequestVerificationToken]").GetAttribute("value")!;
        return await _browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/account")
        {
            Content = new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        });
    }
}
