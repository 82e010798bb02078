using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

/// <summary>The doors: a fresh proof for what guards the account, a second factor for admins.</summary>
public sealed class ProveTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string PasswordForm = "form[action='/account/prove/password']";
    private const string CodeForm = "form[action='/account/prove/code']";
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    private Site Site => shared.Site;

    [Theory]
    [InlineData("/account/password")]
    [InlineData("/account/email")]
    [InlineData("/account/passkeys")]
    [InlineData("/account/authenticator")]
    public async Task What_guards_the_account_opens_for_ten_minutes_after_a_proof(string path)
    {
        using var browser = (await Site.InsideAsync()).Browser;
        Site.Clock.Advance(Stale - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);

        Site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"/account/prove?for=proved&returnTo={Uri.EscapeDataString(path)}", (await browser.GetAsync(path)).Location);
    }

    [Fact]
    public async Task The_password_is_a_proof_and_leads_on()
    {
        using var browser = (await Site.InsideAsync()).Browser;
        Site.Clock.Advance(Stale);
        var prove = await browser.FollowAsync(browser.GetAsync("/account/email"));

        var answer = await browser.SubmitAsync(prove, PasswordForm, new { Password = Make.Password });

        Assert.Equal("/account/email", answer.Location);
        Assert.Equal("Change address", (await browser.GetAsync("/account/email")).Heading);
    }

    [Fact]
    public async Task A_wrong_password_is_no_proof()
    {
        using var browser = (await Site.InsideAsync()).Browser;
        Site.Clock.Advance(Stale);
        var prove = await browser.GetAsync("/account/prove?for=proved&returnTo=/account/email");

        var answer = await browser.SubmitAsync(prove, PasswordForm, new { Password = "another sentence" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("not the password", answer.TextOf("#Password-error"), StringComparison.Ordinal);
        Assert.NotNull((await browser.GetAsync("/account/email")).Location);
    }

    [Fact]
    public async Task After_a_proof_the_cookie_from_before_is_worth_nothing()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var copied = browser.Cookies["__Host-session"]!;

        await browser.SubmitAsync(await browser.GetAsync("/account/prove"), PasswordForm, new { Password = Make.Password });

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
        Assert.Single(await Site.OpenSessionsAsync(person.Id));
        using var thief = Site.NewBrowser();
        thief.Cookies.Set("__Host-session", copied);
        Assert.NotNull((await thief.GetAsync("/account")).Location);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    public async Task A_proof_leads_only_to_our_own_pages(string returnTo)
    {
        using var browser = (await Site.InsideAsync()).Browser;
        var prove = await browser.GetAsync($"/account/prove?for=proved&returnTo={Uri.EscapeDataString(returnTo)}");

        var answer = await browser.SubmitAsync(prove, PasswordForm, new { Password = Make.Password });

        Assert.Equal("/account/security", answer.Location);
    }

    [Fact]
    public async Task With_an_authenticator_only_its_code_is_a_proof()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var prove = await browser.GetAsync("/account/prove?for=proved&returnTo=/account/email");
        var key = await Site.GiveTotpAsync(person);

        Assert.NotNull((await browser.GetAsync("/account/email")).Location);
        var refused = await browser.SubmitAsync(prove, PasswordForm, new { Password = Make.Password });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.False(refused.Has(PasswordForm));
        Assert.NotNull((await browser.GetAsync("/account/email")).Location);

        var answer = await browser.SubmitAsync(refused, CodeForm, new { Code = Site.CodeFor(key) });

        Assert.Equal("/account/email", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/email")).Status);
    }

    [Fact]
    public async Task An_admin_with_a_passkey_adds_no_authenticator_by_the_password()
    {
        var (admin, browser) = await Site.InsideAsync(Role.Admin);
        using var _ = browser;
        await Site.WriteAsync(write => write.Db.UserPasskeys.Add(new()
        {
            UserId = admin.Id, CredentialId = Guid.NewGuid().ToByteArray(), Data = new() { Name = "key", PublicKey = [], AttestationObject = [], ClientDataJson = [] },
        }));

        var answer = await browser.GetAsync("/account/authenticator");

        Assert.Equal("/account/prove?for=proved&returnTo=%2Faccount%2Fauthenticator", answer.Location);
        Assert.False((await browser.GetAsync(answer.Location!)).Has(PasswordForm));
    }

    [Fact]
    public async Task A_person_is_forbidden_the_admins_pages()
    {
        using var browser = (await Site.InsideAsync(factorShown: true)).Browser;

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/people")).Status);
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in_before_the_admins_pages()
    {
        using var browser = Site.NewBrowser();

        Assert.Equal("/account/sign-in?returnTo=%2Fadmin%2Fpeople", (await browser.GetAsync("/admin/people")).Location);
    }

    [Fact]
    public async Task An_admin_without_a_second_factor_is_led_to_set_one_up_and_back()
    {
        using var browser = (await Site.InsideAsync(Role.Admin)).Browser;

        var prove = await browser.FollowAsync(browser.GetAsync("/admin/people"));
        Assert.False(prove.Has(PasswordForm));
        var setUp = await browser.GetAsync(prove.Find("main a[href^='/account/authenticator']").GetAttribute("href")!);
        var key = KeyIn(setUp);
        var done = await browser.SubmitAsync(setUp, "form[action='/account/authenticator']", new { Code = Site.CodeFor(key) });

        Assert.Equal("/admin/people", done.Find("main a.button--main").GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).Status);
    }

    [Fact]
    public async Task An_admins_second_factor_opens_for_eight_hours()
    {
        using var browser = (await Site.InsideAsync(Role.Owner, factorShown: true)).Browser;
        Site.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).Status);

        Site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("/account/prove?for=staff&returnTo=%2Fadmin%2Fpeople", (await browser.GetAsync("/admin/people")).Location);
    }

    [Fact]
    public async Task The_password_never_opens_the_admins_pages()
    {
        using var browser = (await Site.InsideAsync(Role.Admin)).Browser;
        var form = await browser.GetAsync("/account/prove");

        var request = new HttpRequestMessage(HttpMethod.Post, "/account/prove/password")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["For"] = "staff",
                ["ReturnTo"] = "/admin/people",
                ["Password"] = Make.Password,
                ["__RequestVerificationToken"] = form.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!,
            }),
        };

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendAsync(request)).Status);
        Assert.NotNull((await browser.GetAsync("/admin/people")).Location);
    }

    [Fact]
    public async Task An_admin_who_loses_the_role_is_out_at_the_next_request()
    {
        var (admin, browser) = await Site.InsideAsync(Role.Admin, factorShown: true);
        using var _ = browser;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).Status);

        await Site.Database.WriteAsync(async write => (await write.Db.Users.FindAsync(admin.Id))!.Promote(Role.Person));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/people")).Status);
    }

    [Theory]
    [InlineData(new[] { Doors.Person, Doors.Staff }, 403)]
    [InlineData(new[] { Doors.Staff, Doors.Proved }, 403)]
    [InlineData(new[] { Doors.Person, Doors.Proved }, 200)]
    [InlineData(new[] { "a door nobody built" }, 303)]
    public async Task Of_several_doors_every_one_counts(string[] names, int expected)
    {
        using var browser = (await Site.InsideAsync()).Browser;

        Assert.Equal(expected, await PassAsync(browser, PolicyAuthorizationResult.Success(), names));
    }

    [Fact]
    public async Task What_another_rule_of_the_page_forbids_stays_forbidden()
    {
        using var browser = (await Site.InsideAsync()).Browser;

        Assert.Equal(403, await PassAsync(browser, PolicyAuthorizationResult.Forbid(), Doors.Person));
    }

    private async Task<int> PassAsync(PlainBrowser browser, PolicyAuthorizationResult result, params string[] doors)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = "GET";
        context.Request.Scheme = "https";
        context.Request.Headers.Cookie = $"__Host-session={browser.Cookies["__Host-session"]}";
        await context.AuthenticateAsync(SessionCookie.Scheme);
        var policy = new AuthorizationPolicy(doors.Select(door => new DoorRequirement(door)), [SessionCookie.Scheme]);

        await Site.Services.GetRequiredService<IAuthorizationMiddlewareResultHandler>()
            .HandleAsync(_ => Task.CompletedTask, context, policy, result);

        return context.Response.StatusCode;
    }
}
