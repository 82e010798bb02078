using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

public sealed class SessionTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private Site Site => shared.Site;

    [Fact]
    public async Task The_list_names_every_browser_and_marks_this_one()
    {
        var person = await Site.PersonAsync(NewEmail());
        using var here = await Site.EnterAsync(person);
        using var there = await Site.EnterAsync(person);
        using var another = (await Site.InsideAsync()).Browser;

        var page = await here.GetAsync("/account/sessions");

        Assert.Equal(2, page.Document.QuerySelectorAll("main li.entry").Length);
        Assert.Single(page.Document.QuerySelectorAll("main .badge"));
        Assert.Contains("Firefox, Linux", page.Text, StringComparison.Ordinal);
        Assert.Contains("203.0.113.x", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.7", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_ended_session_has_to_sign_in_again()
    {
        var person = await Site.PersonAsync(NewEmail());
        using var here = await Site.EnterAsync(person);
        using var there = await Site.EnterAsync(person);
        var page = await here.GetAsync("/account/sessions");

        Assert.Equal("/account/sessions", (await here.SubmitAsync(page, "form[action='/account/sessions/end']")).Location);

        Assert.Equal("/account/sign-in?returnTo=%2Faccount", (await there.GetAsync("/account")).Location);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Ending_the_others_keeps_this_one()
    {
        var person = await Site.PersonAsync(NewEmail());
        using var here = await Site.EnterAsync(person);
        using var there = await Site.EnterAsync(person);
        using var elsewhere = await Site.EnterAsync(person);
        var page = await here.GetAsync("/account/sessions");

        await here.SubmitAsync(page, "form[action='/account/sessions/others']");

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).Status);
        Assert.NotNull((await there.GetAsync("/account")).Location);
        Assert.NotNull((await elsewhere.GetAsync("/account")).Location);
    }

    [Theory]
    [InlineData("another's")]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    public async Task A_session_of_somebody_else_is_not_found(string id)
    {
        var (other, theirs) = await Site.InsideAsync();
        using var _ = theirs;
        var person = await Site.PersonAsync(NewEmail());
        using var here = await Site.EnterAsync(person);
        using var there = await Site.EnterAsync(person);
        var foreign = (await Site.OpenSessionsAsync(other.Id)).Single().Id;
        var page = await here.GetAsync("/account/sessions");

        var answer = await here.SubmitAsync(
            page, "form[action='/account/sessions/end']", new { id = id.StartsWith("another", StringComparison.Ordinal) ? $"{foreign}" : id });

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_suspension_ends_every_session_at_once_and_restoring_brings_none_back()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var staff = Site.Services.GetRequiredService<Staff>();

        await staff.SuspendAsync(person.Id, actorId: 0, "spam");
        var after = await browser.GetAsync("/account");
        await staff.RestoreAsync(person.Id, actorId: 0);
        var restored = await browser.GetAsync("/account");

        Assert.StartsWith("/account/sign-in", after.Location, StringComparison.Ordinal);
        Assert.StartsWith("/account/sign-in", restored.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 60 * 24)]
    [InlineData(false, 12)]
    public async Task A_session_lasts_as_long_as_it_was_asked_to(bool remember, int hours)
    {
        var person = await Site.PersonAsync(NewEmail());
        using var browser = await Site.EnterAsync(person, remember: remember);
        Site.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);

        Site.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.StartsWith("/account/sign-in", (await browser.GetAsync("/account")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_is_closed_forgets_a_brief_session_and_keeps_the_other()
    {
        var person = await Site.PersonAsync(NewEmail());
        using var brief = Site.NewBrowser();
        using var stays = Site.NewBrowser();
        await brief.TrySignInAsync(person.Email!, stay: false);
        await stays.TrySignInAsync(person.Email!, stay: true);

        brief.Cookies.Close();
        stays.Cookies.Close();

        Assert.NotNull((await brief.GetAsync("/account")).Location);
        Assert.Null((await stays.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task Last_seen_is_written_when_it_is_five_minutes_old_and_not_before()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var start = Site.Clock.GetUtcNow();
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.GetAsync("/account");
        Assert.Equal(start, (await Site.OpenSessionsAsync(person.Id)).Single().SeenAt);

        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.GetAsync("/account");

        Assert.Equal(Site.Clock.GetUtcNow(), (await Site.OpenSessionsAsync(person.Id)).Single().SeenAt);
        Assert.Equal(Site.Clock.GetUtcNow(), (await Site.ReadAsync(person)).SeenAt);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_clears_what_the_browser_kept()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var copied = browser.Cookies["__Host-session"]!;

        Assert.Equal("Sign out", (await browser.GetAsync("/account/sign-out")).Heading);
        Assert.Single(await Site.OpenSessionsAsync(person.Id));
        var answer = await browser.SubmitAsync(await browser.GetAsync("/account/sign-out"), "form[action='/account/sign-out']");

        Assert.Equal("/", answer.Location);
        Assert.Equal("\"cache\", \"storage\"", answer.Header("Clear-Site-Data"));
        Assert.Null(browser.Cookies["__Host-session"]);
        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
        using var thief = Site.NewBrowser();
        thief.Cookies.Set("__Host-session", copied);
        Assert.NotNull((await thief.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task Signing_out_without_being_in_leads_home()
    {
        using var browser = Site.NewBrowser();

        Assert.Equal("/", (await browser.GetAsync("/account/sign-out")).Location);
    }

    [Fact]
    public async Task An_altered_cookie_opens_nothing()
    {
        var (_, browser) = await Site.InsideAsync();
        using var __ = browser;
        var cookie = browser.Cookies["__Host-session"]!;
        browser.Cookies.Set("__Host-session", cookie[..20] + (cookie[20] == 'A' ? 'B' : 'A') + cookie[21..]);

        Assert.NotNull((await browser.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task A_halfway_cookie_is_no_session()
    {
        var person = await Site.PersonAsync(NewEmail());
        await Site.GiveTotpAsync(person);
        using var browser = Site.NewBrowser();
        await browser.TrySignInAsync(person.Email!);
        browser.Cookies.Set("__Host-session", browser.Cookies["__Host-halfway"]!);

        Assert.NotNull((await browser.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task Over_plain_http_the_cookie_has_its_bare_name()
    {
        await using var site = await Site.ListenAsync();
        var person = await site.PersonAsync(NewEmail());
        using var browser = site.NewBrowser();

        var answer = await browser.TrySignInAsync(person.Email!);

        Assert.Equal("/studio", answer.Location);
        var cookie = answer.Header("Set-Cookie")!;
        Assert.Contains("session=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/security")]
    [InlineData("/account/sessions")]
    [InlineData("/account/delete")]
    [InlineData("/account/password")]
    [InlineData("/account/email")]
    [InlineData("/account/move")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/authenticator")]
    [InlineData("/account/prove")]
    [InlineData("/account/sign-out")]
    public async Task A_private_page_is_for_who_is_signed_in_and_kept_by_nobody(string path)
    {
        var (_, browser) = await Site.InsideAsync();
        using var __ = browser;
        using var stranger = Site.NewBrowser();

        var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.NotNull((await stranger.GetAsync(path)).Location);
    }

    [Fact]
    public async Task A_piece_of_a_page_asked_without_a_session_moves_the_whole_page()
    {
        using var browser = Site.NewBrowser();

        var answer = await browser.GetPieceAsync("/account/sessions");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("/account/sign-in?returnTo=%2Faccount%2Fsessions", answer.Header("HX-Redirect"));
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        foreach (var path in new[] { "/account/sign-out", "/account/sessions/others", "/account/passkeys/options", "/account/delete", "/account" })
        {
            var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }

        Assert.Single(await Site.OpenSessionsAsync(person.Id));
        Assert.Null((await Site.ReadAsync(person)).DeletionDueAt);
    }

    [Fact]
    public async Task Somebody_suspended_while_the_password_was_checked_gets_no_session()
    {
        var person = await Site.PersonAsync(NewEmail());
        var sessions = Site.Services.GetRequiredService<Sessions>();
        var stamp = person.SecurityStamp;
        await Site.Services.GetRequiredService<Staff>().SuspendAsync(person.Id, actorId: 0, "spam");

        Assert.Null(await sessions.OpenAsync(new Session(person.Id, "", "", false, Site.Clock.GetUtcNow()), stamp, false, null));
    }

    [Fact]
    public async Task A_password_that_changed_while_it_was_checked_opens_no_session()
    {
        var person = await Site.PersonAsync(NewEmail());
        var sessions = Site.Services.GetRequiredService<Sessions>();
        var stamp = person.SecurityStamp;
        await Site.Database.WriteAsync(async write => (await write.Db.Users.FindAsync(person.Id))!.SetPassword("another"));

        Assert.Null(await sessions.OpenAsync(new Session(person.Id, "", "", false, Site.Clock.GetUtcNow()), stamp, false, null));
    }
}
