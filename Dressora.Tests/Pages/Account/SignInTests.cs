using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

public sealed class SignInTests(SharedSite shared) : IClassFixture<SharedSite>, IDisposable
{
    private readonly PlainBrowser _browser = shared.Site.NewBrowser();
    private readonly string _email = NewEmail();

    private Site Site => shared.Site;

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task The_right_password_opens_a_session_in_a_guarded_cookie()
    {
        var person = await Site.PersonAsync(_email);

        var answer = await _browser.TrySignInAsync(_email);

        Assert.Equal("/studio", answer.Location);
        var cookie = answer.Header("Set-Cookie")!;
        cookie = cookie[cookie.IndexOf("__Host-session=", StringComparison.Ordinal)..];
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        var session = Assert.Single(await Site.OpenSessionsAsync(person.Id));
        Assert.Equal(("Firefox, Linux", "203.0.113.x"), (session.Device, session.Network));
        Assert.Equal("You", (await _browser.GetAsync("/account")).Heading);
    }

    [Fact]
    public async Task An_address_is_the_same_in_capitals_and_with_spaces_around()
    {
        await Site.PersonAsync(_email);

        Assert.Equal("/studio", (await _browser.TrySignInAsync($"  {_email.ToUpperInvariant()} ")).Location);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_read_the_same()
    {
        await Site.PersonAsync(_email);
        using var stranger = Site.NewBrowser();

        var wrong = await _browser.TrySignInAsync(_email, "another sentence");
        var unknown = await stranger.TrySignInAsync("nobody@example.org", "another sentence");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Equal(wrong.WithoutTokens(_email), unknown.WithoutTokens("nobody@example.org"));
        Assert.Equal(wrong.HeaderNames.Order(), unknown.HeaderNames.Order());
        Assert.Equal(_email, wrong.Find("#Form_Email").GetAttribute("value"));
        Assert.Null(wrong.Find("#Form_Password").GetAttribute("value"));
    }

    [Fact]
    public async Task Somebody_unconfirmed_gets_a_new_letter_and_the_old_one_dies()
    {
        await Site.PersonAsync(_email, confirmed: false);
        await _browser.TrySignInAsync(_email);
        var old = Make.LinkIn(await Site.LetterAsync(_email));

        var answer = await _browser.TrySignInAsync(_email);

        Assert.Equal("/account/sent", answer.Location);
        Assert.Equal(2, await Site.LettersAsync(_email));
        var dead = await _browser.SubmitAsync(await _browser.GetAsync(old), "main form", new { Password = Make.Password });
        Assert.Contains("used already", dead.Text, StringComparison.Ordinal);
        var alive = await _browser.GetAsync(Make.LinkIn(await Site.LetterAsync(_email)));
        Assert.Equal("/studio", (await _browser.SubmitAsync(alive, "main form", new { Password = Make.Password })).Location);
    }

    [Fact]
    public async Task Somebody_unconfirmed_with_a_wrong_password_gets_no_letter()
    {
        await Site.PersonAsync(_email, confirmed: false);

        await _browser.TrySignInAsync(_email, "another sentence");

        Assert.Equal(0, await Site.LettersAsync(_email));
    }

    [Fact]
    public async Task Only_who_knows_the_password_learns_of_a_suspension()
    {
        var person = await Site.PersonAsync(_email);
        await Site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync(u => u.Id == person.Id)).Suspend(write.Now));

        var right = await _browser.TrySignInAsync(_email);
        var wrong = await _browser.TrySignInAsync(_email, "another sentence");

        Assert.Contains("suspended", right.TextOf("main [role=alert]"), StringComparison.Ordinal);
        Assert.DoesNotContain("suspended", wrong.Text, StringComparison.Ordinal);
        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
    }

    [Theory]
    [InlineData("/account/sessions", "/account/sessions")]
    [InlineData("/pricing?a=b%26c", "/pricing?a=b%26c")]
    [InlineData("https://evil.example", "/studio")]
    [InlineData("//evil.example", "/studio")]
    [InlineData("/\\evil.example", "/studio")]
    [InlineData("\\\\evil.example", "/studio")]
    [InlineData("/\t/evil.example", "/studio")]
    [InlineData("~/account", "/studio")]
    [InlineData("javascript:alert(1)", "/studio")]
    [InlineData("account", "/studio")]
    [InlineData("/account\r\nSet-Cookie: a=b", "/studio")]
    public async Task A_return_address_leads_only_to_our_own_pages(string returnTo, string expected)
    {
        await Site.PersonAsync(_email);

        var answer = await _browser.TrySignInAsync(_email, query: $"?returnTo={Uri.EscapeDataString(returnTo)}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(expected, answer.Location);
    }

    [Theory]
    [InlineData("/account?q=é😀", "/account?q=%C3%A9%F0%9F%98%80")]
    [InlineData("/é", "/%C3%A9")]
    public async Task A_return_address_in_any_script_is_spelled_for_the_wire(string returnTo, string expected)
    {
        await using var site = await Site.ListenAsync();
        await site.PersonAsync(_email);
        using var browser = site.NewBrowser();

        var answer = await browser.TrySignInAsync(_email, query: $"?returnTo={Uri.EscapeDataString(returnTo)}");

        Assert.Equal((HttpStatusCode.SeeOther, expected), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task Whoever_is_signed_in_already_is_sent_on()
    {
        using var inside = (await Site.InsideAsync()).Browser;

        Assert.Equal("/account/sessions", (await inside.GetAsync("/account/sign-in?returnTo=/account/sessions")).Location);
        Assert.Equal("/studio", (await inside.GetAsync("/account/sign-in?returnTo=//evil.example")).Location);
    }

    [Fact]
    public async Task A_hash_of_an_older_make_is_made_anew()
    {
        var person = await Site.PersonAsync(_email);
        var older = new PasswordHasher<AppUser>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));
        await Site.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync(u => u.Id == person.Id)).Rehash(older.HashPassword(person, Make.Password)));
        var before = await Site.ReadAsync(person);

        await _browser.TrySignInAsync(_email);

        var after = await Site.ReadAsync(person);
        Assert.NotEqual(before.PasswordHash, after.PasswordHash);
        Assert.Equal(before.SecurityStamp, after.SecurityStamp);
        var today = Site.Services.GetRequiredService<IPasswordHasher<AppUser>>();
        Assert.Equal(PasswordVerificationResult.Success, today.VerifyHashedPassword(after, after.PasswordHash!, Make.Password));
    }

    [Fact]
    public async Task Signing_in_anew_ends_the_session_that_this_browser_had()
    {
        var person = await Site.PersonAsync(_email);
        using var browser = await Site.EnterAsync(person);
        var copied = browser.Cookies["__Host-session"]!;
        var form = await browser.GetAsync("/account/sessions");
        var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Form.Email"] = _email,
                ["Form.Password"] = Make.Password,
                ["__RequestVerificationToken"] = form.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!,
            }),
        };
        Assert.Equal("/studio", (await browser.SendAsync(request)).Location);

        Assert.NotEqual(copied, browser.Cookies["__Host-session"]);
        Assert.Single(await Site.OpenSessionsAsync(person.Id));
        using var thief = Site.NewBrowser();
        thief.Cookies.Set("__Host-session", copied);
        Assert.StartsWith("/account/sign-in", (await thief.GetAsync("/account")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Naughty))]
    public async Task Whatever_is_typed_is_answered_with_words(string typed)
    {
        var answer = await _browser.TrySignInAsync(typed, typed);

        Assert.True(answer.Status is HttpStatusCode.UnprocessableEntity, answer.ToString());
        Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string> Naughty() =>
    [
        "", " ", "@", "a@", "@b", "a@b@c", "' OR 1=1 --", "<script>alert(1)</script>@example.org", "a@example.org\u0001",
        "ａ@ｅｘａｍｐｌｅ.org", "\u202Egro.elpmaxe@a", "é́́́@example.org", "😀@example.org", "a@xn--ls8h.la", "{{7*7}}@example.org",
        new('a', 5_000), $"{new string('a', 250)}@example.org", "%00", "\uFFFD@example.org", "ſ@example.org", "İ@example.org",
    ];
}
