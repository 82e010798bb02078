using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

/// <summary>Signing in with another company's account.</summary>
public sealed class WithTests : IAsyncLifetime
{
    private const string Form = "form[action='/account/with/other']";
    private ForeignCompany _company = null!;
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _company = await ForeignCompany.OpenAsync();
        _site = await Site.StartAsync(adjust: ForeignCompany.Reach, settings: _company.Settings);
        _browser = _site.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_becomes_a_person_without_a_password()
    {
        var answer = await GoAsync(_browser, "/account/sign-in?returnTo=/account/sessions");

        Assert.Equal("/account/sessions", answer.Location);
        var person = await OnlyPersonAsync();
        Assert.Equal(("noor@example.org", "Noor", true), (person.Email, person.Name, person.EmailConfirmed));
        Assert.Null(person.PasswordHash);
        Assert.Null(Assert.Single(await _site.OpenSessionsAsync(person.Id)).FactorAt);
        Assert.Null(_browser.Cookies["__Host-halfway"]);
        Assert.DoesNotContain(_browser.Cookies.Names, name => name.Contains("state", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_way_there_is_a_page_that_moves_on_by_itself()
    {
        var page = await AskAsync(_browser);

        Assert.Equal("On to Example", page.Heading);
        Assert.Equal($"0;url={LeadIn(page)}", page.Find("meta[http-equiv=refresh]").GetAttribute("content"));
        Assert.StartsWith($"{_company.Address}authorize?client_id=dressora-client&", LeadIn(page), StringComparison.Ordinal);
        Assert.Contains("redirect_uri=https%3A%2F%2Fdressora.test%2Faccount%2Fwith%2Fother%2Fanswer", LeadIn(page), StringComparison.Ordinal);
        Assert.Contains(_browser.Cookies.Names, name => name.StartsWith("__Host-state.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Known_there_is_known_here_whatever_their_address_is_by_now()
    {
        await GoAsync(_browser);
        _company.Person["email"] = "moved@example.org";
        _company.Person["email_verified"] = false;
        using var other = _site.NewBrowser();

        Assert.Equal("/studio", (await GoAsync(other)).Location);

        Assert.Equal("noor@example.org", (await OnlyPersonAsync()).Email);
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_connected_first()
    {
        await _site.PersonAsync("noor@example.org");

        var answer = await _browser.FollowAsync(GoAsync(_browser));

        Assert.Equal("Sign in", answer.Heading);
        Assert.Contains("Sign in the way you know", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task Whoever_asked_for_the_address_before_without_proving_it_keeps_nothing()
    {
        var squatter = await _site.PersonAsync("noor@example.org", confirmed: false);
        await _browser.TrySignInAsync("noor@example.org");
        var link = Make.LinkIn(await _site.LetterAsync("noor@example.org"));

        Assert.Equal("/studio", (await GoAsync(_browser)).Location);

        Assert.Equal(squatter.Id, (await OnlyPersonAsync()).Id);
        using var other = _site.NewBrowser();
        Assert.Null((await other.TrySignInAsync("noor@example.org")).Location);
        var dead = await other.SubmitAsync(await other.GetAsync(link), "main form", new { Password = Make.Password });
        Assert.Contains("used already", dead.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invited_admin_comes_in_by_the_invitation_only()
    {
        await _site.PersonAsync("noor@example.org", Role.Admin, confirmed: false);

        Assert.Equal("/account/sign-in", (await GoAsync(_browser)).Location);
    }

    [Theory]
    [InlineData("email", null)]
    [InlineData("email", "")]
    [InlineData("email", "no address")]
    [InlineData("email", "a@example.org, b@example.org")]
    [InlineData("email", "\ud800@example.org")]
    [InlineData("email_verified", false)]
    [InlineData("email_verified", null)]
    [InlineData("email_verified", "false")]
    [InlineData("email_verified", 1)]
    [InlineData("sub", null)]
    [InlineData("sub", "")]
    [InlineData("sub", "a\0b")]
    [InlineData("sub", true)]
    public async Task What_the_provider_does_not_vouch_for_opens_no_account(string field, object? value)
    {
        _company.Person[field] = value;

        var answer = await _browser.FollowAsync(GoAsync(_browser));

        Assert.Equal("Sign in", answer.Heading);
        Assert.True(answer.Has("main .flash--bad, .flash--bad"), answer.Text);
        Assert.Equal(0, await _site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Theory]
    [InlineData("Noor\u0001\u202E <b>", "Noor <b>")]
    [InlineData(null, "")]
    public async Task A_foreign_name_is_tidied(string? name, string kept)
    {
        _company.Person["name"] = name;
        await GoAsync(_browser);

        Assert.Equal(kept, (await OnlyPersonAsync()).Name);
    }

    [Fact]
    public async Task A_foreign_name_is_cut_between_letters()
    {
        _company.Person["name"] = new string('n', 79) + "😀";
        await GoAsync(_browser);

        Assert.Equal(new string('n', 79), (await OnlyPersonAsync()).Name);
    }

    [Theory]
    [InlineData(Misdeed.Refuses)]
    [InlineData(Misdeed.NoToken)]
    [InlineData(Misdeed.Garbage)]
    [InlineData(Misdeed.WrongShape)]
    [InlineData(Misdeed.Oversize)]
    public async Task A_provider_that_fails_leads_back_with_words(Misdeed misdeed)
    {
        _company.Misdeed = misdeed;

        var answer = await _browser.FollowAsync(GoAsync(_browser));

        Assert.Equal("/account/sign-in?with=failed", answer.Address.PathAndQuery);
        Assert.Contains("did not let you through", answer.TextOf("main [role=alert]"), StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task A_provider_that_says_nothing_is_waited_for_fifteen_seconds()
    {
        _company.Misdeed = Misdeed.Silent;
        var going = GoAsync(_browser);
        while (!going.IsCompleted)
        {
            await Task.Delay(20);
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("/account/sign-in?with=failed", (await going).Location);
    }

    [Fact]
    public async Task A_provider_that_is_down_leads_back_with_words()
    {
        var question = await AskAsync(_browser);
        var back = await ForeignCompany.VisitAsync(LeadIn(question));
        await _company.DisposeAsync();

        Assert.Equal("/account/sign-in?with=failed", (await _browser.GetAsync(back)).Location);
    }

    [Fact]
    public async Task A_forged_state_opens_nothing()
    {
        _company.Misdeed = Misdeed.WrongState;

        Assert.Equal("/account/sign-in?with=failed", (await GoAsync(_browser)).Location);
    }

    [Fact]
    public async Task An_answer_works_once_and_only_in_the_browser_that_asked()
    {
        var back = await ForeignCompany.VisitAsync(LeadIn(await AskAsync(_browser)));
        using var victim = _site.NewBrowser();
        Assert.Equal("/account/sign-in?with=failed", (await victim.GetAsync(back)).Location);

        Assert.StartsWith("/account/with/other", (await _browser.GetAsync(back)).Location, StringComparison.Ordinal);
        Assert.Equal("/account/sign-in?with=failed", (await _browser.GetAsync(back)).Location);
    }

    [Fact]
    public async Task The_way_back_read_without_an_answer_opens_nothing()
    {
        Assert.Equal("/account/sign-in?with=failed", (await _browser.GetAsync("/account/with/other")).Location);
        foreach (var unknown in new[] { "halfway", "session", "google", "Other", "x" })
            Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync($"/account/with/{unknown}")).Status);
    }

    [Fact]
    public async Task A_halfway_cookie_of_the_password_is_no_providers_answer()
    {
        var person = await _site.PersonAsync("asha@example.org");
        await _site.GiveTotpAsync(person);
        await _browser.TrySignInAsync("asha@example.org");

        Assert.Equal("/account/sign-in?with=failed", (await _browser.GetAsync("/account/with/other")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/account/with/halfway")).Status);
        Assert.Equal(0, await _site.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task The_authenticator_is_asked_for_after_the_other_company_too()
    {
        await GoAsync(_browser);
        var key = await _site.GiveTotpAsync(await OnlyPersonAsync());
        using var other = _site.NewBrowser();

        var half = await GoAsync(other, "/account/sign-in?returnTo=/account/sessions");
        Assert.Equal("/account/second-step?returnTo=%2Faccount%2Fsessions", half.Location);
        var answer = await other.SubmitAsync(
            await other.GetAsync(half.Location!), "form[action='/account/second-step']", new { Code = _site.CodeFor(key) });

        Assert.Equal("/account/sessions", answer.Location);
    }

    [Fact]
    public async Task Somebody_suspended_stays_out_by_this_door_too()
    {
        await GoAsync(_browser);
        await _site.Services.GetRequiredService<Staff>().SuspendAsync((await OnlyPersonAsync()).Id, 0, "spam");
        using var other = _site.NewBrowser();

        Assert.Contains("suspended", (await other.FollowAsync(GoAsync(other))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_house_takes_nobody_new_this_way()
    {
        await using var closed = await Site.StartAsync(adjust: ForeignCompany.Reach, settings: [.. _company.Settings, "Accounts:SignUp=Closed"]);
        using var browser = closed.NewBrowser();

        Assert.Contains("by invitation only", (await browser.FollowAsync(GoAsync(browser))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await closed.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task A_person_connects_it_hears_of_it_by_letter_and_signs_in_with_it()
    {
        var (person, inside) = await _site.InsideAsync();
        using var _ = inside;

        var answer = await inside.FollowAsync(GoAsync(inside, "/account/security"));

        Assert.Contains("Connected.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Signing in with Example was connected", (await _site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        await GoAsync(_browser);
        Assert.Equal(2, (await _site.OpenSessionsAsync(person.Id)).Count);
        Assert.Equal(person.Email, (await OnlyPersonAsync()).Email);
    }

    [Fact]
    public async Task Connecting_and_removing_ask_for_a_fresh_proof()
    {
        var (_, inside) = await _site.InsideAsync();
        using var __ = inside;
        await GoAsync(inside, "/account/security");
        var page = await inside.GetAsync("/account/security");
        _site.Clock.Advance(TimeSpan.FromMinutes(10));

        var removed = await inside.SubmitAsync(page, "form[action='/account/security/disconnect']");
        Assert.Equal("/account/prove?for=proved&returnTo=/account/security", removed.Location);
        Assert.Equal(1, await _site.ReadAsync(db => db.UserLogins.CountAsync()));
        var (_, another) = await _site.InsideAsync();
        using var ___ = another;
        _site.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(
            "/account/prove?for=proved&returnTo=/account/security", (await AskAsync(another, "/account/security")).Location);
    }

    [Fact]
    public async Task What_opens_another_account_is_not_connected_twice()
    {
        await GoAsync(_browser);
        using var inside = (await _site.InsideAsync()).Browser;

        var answer = await inside.FollowAsync(GoAsync(inside, "/account/security"));

        Assert.Contains("opens another account here", answer.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _site.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task An_answer_connects_only_to_the_account_that_asked()
    {
        var (person, inside) = await _site.InsideAsync();
        var (other, theirs) = await _site.InsideAsync();
        using var _ = inside;
        using var __ = theirs;
        var back = await ForeignCompany.VisitAsync(LeadIn(await AskAsync(inside, "/account/security")));
        inside.Cookies.Set("__Host-session", theirs.Cookies["__Host-session"]!);

        var answer = await inside.GetAsync((await inside.GetAsync(back)).Location!);

        Assert.Equal("/account/sign-in?with=failed", answer.Location);
        Assert.Equal(0, await _site.ReadAsync(db => db.UserLogins.CountAsync(l => l.UserId == person.Id || l.UserId == other.Id)));
    }

    [Fact]
    public async Task An_answer_to_a_stranger_connects_to_nobody_who_signed_in_meanwhile()
    {
        var back = await ForeignCompany.VisitAsync(LeadIn(await AskAsync(_browser)));
        var (person, inside) = await _site.InsideAsync();
        using var _ = inside;
        _browser.Cookies.Set("__Host-session", inside.Cookies["__Host-session"]!);

        await _browser.GetAsync((await _browser.GetAsync(back)).Location!);

        Assert.Equal(0, await _site.ReadAsync(db => db.UserLogins.CountAsync(l => l.UserId == person.Id)));
    }

    [Fact]
    public async Task The_last_way_in_cannot_be_removed_and_any_other_can()
    {
        await GoAsync(_browser);
        var person = await OnlyPersonAsync();
        var refused = await _browser.FollowAsync(RemoveAsync());
        Assert.Contains("only way in", refused.Text, StringComparison.Ordinal);
        await _site.Database.WriteAsync(async write => (await write.Db.Users.SingleAsync()).Rehash("a password"));

        var removed = await _browser.FollowAsync(RemoveAsync());

        Assert.Contains("opens nothing here any more", removed.Text, StringComparison.Ordinal);
        Assert.Contains("Signing in with Example was removed", (await _site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.UserLogins.CountAsync()));
    }

    [Fact]
    public async Task A_failure_while_connecting_is_told_where_the_person_was()
    {
        using var inside = (await _site.InsideAsync()).Browser;
        _company.Misdeed = Misdeed.Refuses;

        var answer = await inside.FollowAsync(GoAsync(inside, "/account/security"));

        Assert.Equal("/account/security", answer.Address.PathAndQuery);
        Assert.Contains("did not let you through", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_token_a_form_leads_nowhere()
    {
        var answer = await _browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/account/with/other") { Content = new FormUrlEncodedContent([]) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    private static async Task<Answer> AskAsync(PlainBrowser browser, string page = "/account/sign-in") =>
        await browser.SubmitAsync(await browser.GetAsync(page), Form);

    private static string LeadIn(Answer page) => page.Find("main a.button--main").GetAttribute("href")!;

    /// <summary>There, back, and in: the answer of our own page after the whole way.</summary>
    private static async Task<Answer> GoAsync(PlainBrowser browser, string page = "/account/sign-in")
    {
        var back = await browser.GetAsync(await ForeignCompany.VisitAsync(LeadIn(await AskAsync(browser, page))));
        return back.Location!.StartsWith("/account/with/", StringComparison.Ordinal) ? await browser.GetAsync(back.Location) : back;
    }

    private async Task<Answer> RemoveAsync() =>
        await _browser.SubmitAsync(await _browser.GetAsync("/account/security"), "form[action='/account/security/disconnect']");

    private Task<AppUser> OnlyPersonAsync() => _site.ReadAsync(db => db.Users.SingleAsync());
}
