using System.Net;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

public sealed class PasskeyTests(SharedSite shared) : IClassFixture<SharedSite>, IDisposable
{
    private const string SignInOptions = "/account/sign-in/passkey/options";
    private const string MakeForm = "form[data-passkey=create]";
    private const string ShowForm = "form[data-passkey=get]";
    private readonly SoftPasskey _key = new();

    private Site Site => shared.Site;

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_passkey_is_made_named_and_told_by_letter()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;

        var answer = await browser.FollowAsync(AddAsync(browser, " My\u0001 key "));

        Assert.Contains("The passkey is yours", answer.Text, StringComparison.Ordinal);
        Assert.Equal("My key", answer.Find("main input[name=name][id^=name-]").GetAttribute("value"));
        Assert.Contains("passkey was added", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        Assert.Null(browser.Cookies["__Host-passkey"]);
    }

    [Fact]
    public async Task A_passkey_without_a_name_is_called_after_the_browser()
    {
        using var browser = (await Site.InsideAsync()).Browser;

        var page = await browser.FollowAsync(AddAsync(browser, "  "));

        Assert.Equal("Firefox, Linux", page.Find("main input[name=name][id^=name-]").GetAttribute("value"));
    }

    [Fact]
    public async Task It_signs_in_without_a_password_and_counts_as_a_second_factor()
    {
        var person = await WithKeyAsync();
        using var browser = Site.NewBrowser();

        var answer = await ShowAsync(browser, "/account/sign-in?returnTo=/account/sessions");

        Assert.Equal("/account/sessions", answer.Location);
        var session = Assert.Single(await Site.OpenSessionsAsync(person.Id));
        Assert.NotNull(session.FactorAt);
        Assert.Equal(1u, await CountAsync());
        await ShowAsync(Site.NewBrowser());
        Assert.Equal(2u, await CountAsync());
    }

    [Fact]
    public async Task It_goes_around_the_authenticator_because_it_is_a_second_factor_itself()
    {
        var person = await WithKeyAsync();
        await Site.GiveTotpAsync(person);

        Assert.Equal("/studio", (await ShowAsync(Site.NewBrowser())).Location);
    }

    [Fact]
    public async Task It_saves_nothing_of_the_person_but_its_own_count()
    {
        var person = await WithKeyAsync();
        var before = await Site.ReadAsync(person);

        await ShowAsync(Site.NewBrowser());

        var after = await Site.ReadAsync(person);
        Assert.Equal((before.ConcurrencyStamp, before.SecurityStamp), (after.ConcurrencyStamp, after.SecurityStamp));
    }

    [Fact]
    public async Task An_answer_counts_once_even_in_two_browsers()
    {
        await WithKeyAsync();
        using var browser = Site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        var options = await AskAsync(browser, page, SignInOptions);
        var memory = browser.Cookies["__Host-passkey"]!;
        var credential = _key.Show(options);
        Assert.Equal("/studio", (await browser.SubmitAsync(page, ShowForm, new { Credential = credential })).Location);

        using var thief = Site.NewBrowser();
        var form = await thief.GetAsync("/account/sign-in");
        thief.Cookies.Set("__Host-passkey", memory);
        var replayed = await thief.SubmitAsync(form, ShowForm, new { Credential = credential });

        Assert.Equal("/account/sign-in", replayed.Location);
        Assert.Null(thief.Cookies["__Host-session"]);
    }

    [Fact]
    public async Task A_question_is_answered_within_five_minutes()
    {
        await WithKeyAsync();
        using var browser = Site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        var options = await AskAsync(browser, page, SignInOptions);
        var memory = browser.Cookies["__Host-passkey"]!;
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        browser.Cookies.Set("__Host-passkey", memory);

        Assert.Equal("/account/sign-in", (await browser.SubmitAsync(page, ShowForm, new { Credential = _key.Show(options) })).Location);
    }

    [Fact]
    public async Task A_question_about_making_is_not_answered_by_showing_nor_in_another_account()
    {
        var (_, browser) = await Site.InsideAsync();
        var (other, theirs) = await Site.InsideAsync();
        using var __ = browser;
        using var ___ = theirs;
        var page = await browser.GetAsync("/account/passkeys");
        var options = await AskAsync(browser, page, "/account/passkeys/options");
        var foreign = await theirs.GetAsync("/account/passkeys");
        theirs.Cookies.Set("__Host-passkey", browser.Cookies["__Host-passkey"]!);

        await theirs.SubmitAsync(foreign, MakeForm, new { credential = _key.Make(options) });

        Assert.Equal(0, await Site.ReadAsync(db => db.UserPasskeys.CountAsync(p => p.UserId == other.Id)));
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("relying party")]
    [InlineData("unverified")]
    [InlineData("another's handle")]
    [InlineData("another key")]
    [InlineData("counts behind")]
    public async Task A_false_answer_opens_nothing(string lie)
    {
        var person = await WithKeyAsync();
        await ShowAsync(Site.NewBrowser());
        var (other, _) = await Site.InsideAsync();
        using var stranger = new SoftPasskey { Id = _key.Id };
        using var browser = Site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        var options = await AskAsync(browser, page, SignInOptions);
        switch (lie)
        {
            case "origin": _key.Origin = "https://evil.example"; break;
            case "relying party": _key.Relying = "evil.example"; break;
            case "unverified": _key.Verifies = false; break;
            case "another's handle": _key.Handle = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes($"{other.Id}")); break;
            case "another key": stranger.Handle = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes($"{person.Id}")); break;
            default: _key.Count = 0; break;
        }

        var credential = lie == "another key" ? stranger.Show(options) : _key.Show(options);
        var answer = await browser.SubmitAsync(page, ShowForm, new { Credential = credential });

        Assert.Equal("/account/sign-in", answer.Location);
        Assert.Null(browser.Cookies["__Host-session"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{}}""")]
    [InlineData("""{"id":1,"response":{"clientDataJSON":"!!","authenticatorData":"AA","signature":"AA"}}""")]
    public async Task Nonsense_is_answered_with_words(string credential)
    {
        var (_, inside) = await Site.InsideAsync();
        using var __ = inside;
        using var browser = Site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        await AskAsync(browser, page, SignInOptions);
        var made = await inside.GetAsync("/account/passkeys");
        await AskAsync(inside, made, "/account/passkeys/options");

        var shown = await browser.FollowAsync(browser.SubmitAsync(page, ShowForm, new { Credential = credential }));
        var added = await inside.FollowAsync(inside.SubmitAsync(made, MakeForm, new { credential }));

        Assert.Contains("opens no account here", shown.Text, StringComparison.Ordinal);
        Assert.Contains("could not be checked", added.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_no_question_opens_nothing()
    {
        await WithKeyAsync();
        using var browser = Site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        var credential = _key.Show("""{"challenge":"AAAAAAAAAAAAAAAAAAAAAA"}""");

        Assert.Equal("/account/sign-in", (await browser.SubmitAsync(page, ShowForm, new { Credential = credential })).Location);
    }

    [Fact]
    public async Task Somebody_suspended_stays_out_by_this_door_too()
    {
        var person = await WithKeyAsync();
        await Site.Services.GetRequiredService<Staff>().SuspendAsync(person.Id, 0, "spam");

        Assert.Equal("/account/sign-in", (await ShowAsync(Site.NewBrowser())).Location);
    }

    [Fact]
    public async Task It_is_renamed_and_removed_and_a_letter_says_so()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var page = await browser.FollowAsync(AddAsync(browser, "Old"));

        page = await browser.FollowAsync(browser.SubmitAsync(page, "form[action='/account/passkeys/rename']", new { name = "New" + new string('w', 80) }));
        Assert.Equal("New" + new string('w', 57), page.Find("main input[name=name][id^=name-]").GetAttribute("value"));
        page = await browser.FollowAsync(browser.SubmitAsync(page, "form[action='/account/passkeys/remove']"));

        Assert.Contains("Removed.", page.Text, StringComparison.Ordinal);
        Assert.Contains("passkey was removed", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        Assert.Equal("/account/sign-in", (await ShowAsync(Site.NewBrowser())).Location);
    }

    [Fact]
    public async Task Somebody_elses_passkey_is_not_found()
    {
        await WithKeyAsync();
        using var other = new SoftPasskey();
        var (_, browser) = await Site.InsideAsync();
        using var __ = browser;
        var page = await browser.FollowAsync(AddAsync(browser, "Mine", other));
        foreach (var id in new[] { Convert.ToHexStringLower(_key.Id), "", "zz", "abc", new('a', 4_000) })
        {
            var renamed = await browser.SubmitAsync(page, "form[action='/account/passkeys/rename']", new { id, name = "Stolen" });
            var removed = await browser.SubmitAsync(page, "form[action='/account/passkeys/remove']", new { id });
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (renamed.Status, removed.Status));
        }

        Assert.Equal("/studio", (await ShowAsync(Site.NewBrowser())).Location);
    }

    [Fact]
    public async Task One_key_belongs_to_one_account()
    {
        await WithKeyAsync();
        using var twin = new SoftPasskey { Id = _key.Id };
        var (other, browser) = await Site.InsideAsync();
        using var _ = browser;

        var answer = await browser.FollowAsync(AddAsync(browser, "Twin", twin));

        Assert.Contains("could not be checked", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await Site.ReadAsync(db => db.UserPasskeys.CountAsync(p => p.UserId == other.Id)));
    }

    [Fact]
    public async Task A_person_has_twenty_at_most()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await Site.WriteAsync(write =>
        {
            for (var i = 0; i < 20; i++)
            {
                write.Db.UserPasskeys.Add(new()
                {
                    UserId = person.Id, CredentialId = Guid.NewGuid().ToByteArray(),
                    Data = new() { Name = $"{i}", PublicKey = [], AttestationObject = [], ClientDataJson = [] },
                });
            }
        });

        Assert.Contains("twenty already", (await browser.FollowAsync(AddAsync(browser, "More"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_a_proof_for_its_own_account_only()
    {
        var (_, browser) = await Site.InsideAsync();
        using var __ = browser;
        await AddAsync(browser, "Mine");
        var (_, theirs) = await Site.InsideAsync();
        using var ___ = theirs;
        using var other = new SoftPasskey();
        await AddAsync(theirs, "Theirs", other);
        Site.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull((await browser.GetAsync("/account/email")).Location);

        var wrong = await ShowAsync(browser, "/account/prove?for=proved&returnTo=/account/email", other);
        Assert.Equal("/account/prove?for=proved&returnTo=%2Faccount%2Femail", wrong.Location);
        var right = await ShowAsync(browser, "/account/prove?for=proved&returnTo=/account/email");

        Assert.Equal("/account/email", right.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/email")).Status);
    }

    [Fact]
    public async Task Its_question_names_this_site_and_asks_for_a_verified_person()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;

        var make = JsonNode.Parse(await AskAsync(browser, await browser.GetAsync("/account/passkeys"), "/account/passkeys/options"))!;
        var show = JsonNode.Parse(await AskAsync(browser, await browser.GetAsync("/account/passkeys"), SignInOptions))!;

        Assert.Equal("dressora.test", make["rp"]!["id"]!.GetValue<string>());
        Assert.Equal(person.Email, make["user"]!["name"]!.GetValue<string>());
        Assert.Equal("required", make["authenticatorSelection"]!["userVerification"]!.GetValue<string>());
        Assert.Equal("required", make["authenticatorSelection"]!["residentKey"]!.GetValue<string>());
        Assert.Equal("required", show["userVerification"]!.GetValue<string>());
        Assert.True(show["allowCredentials"] is null or JsonArray { Count: 0 });
    }

    [Fact]
    public async Task Without_script_the_page_says_what_is_missing()
    {
        using var browser = (await Site.InsideAsync()).Browser;

        var page = await browser.GetAsync("/account/passkeys");

        Assert.Contains("only with scripting on", page.Find("noscript").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find(MakeForm).QuerySelector("button")!.HasAttribute("hidden"));
    }

    private async Task<AppUser> WithKeyAsync()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await AddAsync(browser, "Key");
        await Site.Services.GetRequiredService<Sessions>().EndOthersAsync(person.Id, 0);
        return person;
    }

    private async Task<Answer> AddAsync(PlainBrowser browser, string name, SoftPasskey? key = null)
    {
        var page = await browser.GetAsync("/account/passkeys");
        var options = await AskAsync(browser, page, "/account/passkeys/options");
        return await browser.SubmitAsync(page, MakeForm, new { name, credential = (key ?? _key).Make(options) });
    }

    private async Task<Answer> ShowAsync(PlainBrowser browser, string path = "/account/sign-in", SoftPasskey? key = null)
    {
        var page = await browser.GetAsync(path);
        var options = await AskAsync(browser, page, SignInOptions);
        var field = page.Find("[data-passkey-credential]").GetAttribute("name")!;
        return await browser.SubmitAsync(page, ShowForm, new Dictionary<string, object?> { [field] = (key ?? _key).Show(options) });
    }

    private static async Task<string> AskAsync(PlainBrowser browser, Answer page, string path)
    {
        var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create(
                "__RequestVerificationToken", page.Find("form[data-passkey] input[name=__RequestVerificationToken]").GetAttribute("value")!)]),
        });
        return answer.Status == HttpStatusCode.OK && answer.ContentType == "application/json"
            ? answer.Text
            : throw new InvalidOperationException(answer.ToString());
    }

    private Task<uint> CountAsync() => Site.ReadAsync(async db =>
        (await db.UserPasskeys.SingleAsync(passkey => passkey.CredentialId == _key.Id)).Data.SignCount);
}
