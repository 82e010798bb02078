using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

public sealed class ResetTests(SharedSite shared) : IClassFixture<SharedSite>, IDisposable
{
    private const string Another = "seven brass kettles";
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();

    private Site Site => shared.Site;

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task The_link_in_a_letter_sets_a_new_password_and_ends_every_session()
    {
        var (person, inside) = await Site.InsideAsync();
        using var _ = inside;
        await AskAsync(person.Email!);

        var answer = await ChooseAsync(person, Another);

        Assert.Equal("/account/sign-in", answer.Location);
        Assert.NotNull((await inside.GetAsync("/account")).Location);
        Assert.Equal("/studio", (await _browser.TrySignInAsync(person.Email!, Another)).Location);
        Assert.Contains("by a link in a letter", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_letter()
    {
        var person = await Site.PersonAsync(NewEmail());

        var known = await AskAsync(person.Email!);
        var unknown = await AskAsync("nobody@example.org");
        var nonsense = await AskAsync("no address");

        Assert.Equal((HttpStatusCode.SeeOther, "/account/sent"), (known.Status, known.Location));
        Assert.Equal((known.Status, known.Location, known.Text), (unknown.Status, unknown.Location, unknown.Text));
        Assert.Equal((known.Status, known.Location, known.Text), (nonsense.Status, nonsense.Location, nonsense.Text));
        Assert.Equal(known.HeaderNames.Order(), unknown.HeaderNames.Order());
        Assert.Equal(1, await Site.LettersAsync(person.Email!));
        Assert.Equal(0, await Site.LettersAsync("nobody@example.org"));
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var person = await Site.PersonAsync(NewEmail());
        await AskAsync(person.Email!);
        var link = Make.LinkIn(await Site.LetterAsync(person.Email!));
        var form = await _browser.GetAsync(link);
        await _browser.SubmitAsync(form, "main form", new { Password = Another });

        var again = await _browser.SubmitAsync(form, "main form", new { Password = "eight tin buckets" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("used already", again.Text, StringComparison.Ordinal);
        Assert.False((await _browser.GetAsync(link)).Has("form[action='/account/new-password']"));
    }

    [Fact]
    public async Task A_link_lives_ten_minutes()
    {
        var person = await Site.PersonAsync(NewEmail());
        await AskAsync(person.Email!);
        var link = Make.LinkIn(await Site.LetterAsync(person.Email!));
        Site.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var form = await _browser.GetAsync(link);
        Assert.True(form.Has("form[action='/account/new-password']"));

        Site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _browser.SubmitAsync(form, "main form", new { Password = Another })).Status);
        Assert.Contains("older than ten minutes", (await _browser.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(person.PasswordHash, (await Site.ReadAsync(person)).PasswordHash);
    }

    [Fact]
    public async Task A_newer_letter_makes_the_older_one_worthless()
    {
        var person = await Site.PersonAsync(NewEmail());
        await AskAsync(person.Email!);
        var old = Make.LinkIn(await Site.LetterAsync(person.Email!));
        await AskAsync(person.Email!);

        Assert.False((await _browser.GetAsync(old)).Has("form[action='/account/new-password']"));
        Assert.Equal("/account/sign-in", (await ChooseAsync(person, Another)).Location);
    }

    [Fact]
    public async Task A_weak_password_keeps_the_link_alive()
    {
        var person = await Site.PersonAsync(NewEmail());
        await AskAsync(person.Email!);
        var weak = await ChooseAsync(person, "password");
        Assert.Contains("first that anybody would try", weak.TextOf("#Password-error"), StringComparison.Ordinal);

        Assert.Equal("/account/sign-in", (await _browser.SubmitAsync(weak, "main form", new { Password = Another })).Location);
    }

    [Fact]
    public async Task The_letter_also_confirms_an_address_and_kills_the_other_letters()
    {
        var person = await Site.PersonAsync(NewEmail(), confirmed: false);
        await _browser.TrySignInAsync(person.Email!);
        var confirm = Make.LinkIn(await Site.LetterAsync(person.Email!));
        await AskAsync(person.Email!);

        await ChooseAsync(person, Another);

        Assert.True((await Site.ReadAsync(person)).EmailConfirmed);
        var dead = await _browser.SubmitAsync(await _browser.GetAsync(confirm), "main form", new { Password = Another });
        Assert.Contains("used already", dead.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_suspended_gets_no_letter_and_an_older_one_is_dead()
    {
        var person = await Site.PersonAsync(NewEmail());
        await AskAsync(person.Email!);
        var link = Make.LinkIn(await Site.LetterAsync(person.Email!));
        await Site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync(u => u.Id == person.Id)).Suspend(write.Now));

        var answer = await AskAsync(person.Email!);

        Assert.Equal("/account/sent", answer.Location);
        Assert.Equal(1, await Site.LettersAsync(person.Email!));
        Assert.False((await _browser.GetAsync(link)).Has("form[action='/account/new-password']"));
    }

    [Fact]
    public async Task The_authenticator_is_still_asked_for_after_a_reset()
    {
        var person = await Site.PersonAsync(NewEmail());
        await Site.GiveTotpAsync(person);
        await AskAsync(person.Email!);
        await ChooseAsync(person, Another);

        Assert.StartsWith("/account/second-step", (await _browser.TrySignInAsync(person.Email!, Another)).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=nonsense")]
    [InlineData("?code=%C3%A9%F0%9F%98%80")]
    [InlineData("?code=a&code=b")]
    public async Task A_code_that_was_never_ours_is_answered_with_words(string query) =>
        Assert.Contains("used already", (await _browser.GetAsync("/account/new-password" + query)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_code_of_another_kind_sets_no_password()
    {
        var person = await Site.PersonAsync(NewEmail(), confirmed: false);
        await _browser.TrySignInAsync(person.Email!);
        var confirm = Make.LinkIn(await Site.LetterAsync(person.Email!));

        var page = await _browser.GetAsync(confirm.Replace("/confirm", "/new-password", StringComparison.Ordinal));

        Assert.False(page.Has("form[action='/account/new-password']"));
    }

    [Fact]
    public async Task Only_a_hash_of_the_code_is_kept()
    {
        var person = await Site.PersonAsync(NewEmail());
        await AskAsync(person.Email!);
        var code = Make.LinkIn(await Site.LetterAsync(person.Email!)).Split('=')[1];

        var kept = await Site.ReadAsync(db => db.MailedCodes.SingleAsync(c => c.UserId == person.Id));

        Assert.Equal(32, code.Length);
        Assert.Equal(MailedCode.HashOf(code), kept.Hash);
    }

    [Fact]
    public async Task Links_lead_to_the_sites_own_address_whatever_host_was_asked()
    {
        var person = await Site.PersonAsync(NewEmail());
        var page = await _browser.GetAsync("/account/reset");
        var request = new HttpRequestMessage(HttpMethod.Post, "/account/reset")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Email"] = person.Email!,
                ["__RequestVerificationToken"] = page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!,
            }),
        };
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        await _browser.SendAsync(request);

        var letter = await Site.LetterAsync(person.Email!);
        Assert.Contains("https://dressora.test/account/new-password?code=", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", letter.Body, StringComparison.Ordinal);
    }

    private async Task<Answer> AskAsync(string email) =>
        await _browser.SubmitAsync(await _browser.GetAsync("/account/reset"), "main form", new { Email = email });

    private async Task<Answer> ChooseAsync(AppUser person, string password) => await _browser.SubmitAsync(
        await _browser.GetAsync(Make.LinkIn(await Site.LetterAsync(person.Email!))), "main form", new { Password = password });
}
