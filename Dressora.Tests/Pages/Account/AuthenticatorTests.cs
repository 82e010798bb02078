using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

/// <summary>The second factor, set up and asked for.</summary>
public sealed class AuthenticatorTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string SetUpForm = "form[action='/account/authenticator']";
    private const string StepForm = "form[action='/account/second-step']";

    private Site Site => shared.Site;
    private Factors Factors => Site.Services.GetRequiredService<Factors>();

    [Fact]
    public async Task A_first_code_turns_it_on_and_shows_ten_codes_once()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var page = await browser.GetAsync("/account/authenticator");
        var spelled = page.TextOf("code.command");
        Assert.Contains($"secret={spelled}&issuer=Dressora", page.Find("main a[href^='otpauth']").GetAttribute("href"), StringComparison.Ordinal);
        Assert.True(page.Has(".qr svg path"));
        Assert.Null((await Site.ReadAsync(person)).TotpKey);

        var done = await browser.SubmitAsync(page, SetUpForm, new { Code = Site.CodeFor(KeyIn(page)) });

        Assert.Equal(10, CodesIn(done).Distinct().Count());
        Assert.NotNull((await Site.ReadAsync(person)).TotpKey);
        Assert.DoesNotContain(spelled, (await Site.ReadAsync(person)).TotpKey, StringComparison.Ordinal);
        Assert.Contains("authenticator app was added", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        var later = await browser.GetAsync("/account/authenticator");
        Assert.Empty(CodesIn(later));
        Assert.False(later.Has(SetUpForm));
    }

    [Fact]
    public async Task A_wrong_first_code_keeps_the_key_and_changes_nothing()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var page = await browser.GetAsync("/account/authenticator");

        var refused = await browser.SubmitAsync(page, SetUpForm, new { Code = "000000" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(page.TextOf("code.command"), refused.TextOf("code.command"));
        Assert.Null((await Site.ReadAsync(person)).TotpKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_form_that_was_not_ours_sets_nothing_up(string sealedKey)
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var page = await browser.GetAsync("/account/authenticator");

        var refused = await browser.SubmitAsync(page, SetUpForm, new { Sealed = sealedKey, Code = "000000" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Null((await Site.ReadAsync(person)).TotpKey);
    }

    [Fact]
    public async Task A_second_set_up_does_not_replace_the_first()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var (first, second) = (await browser.GetAsync("/account/authenticator"), await browser.GetAsync("/account/authenticator"));
        await browser.SubmitAsync(first, SetUpForm, new { Code = Site.CodeFor(KeyIn(first)) });
        var kept = (await Site.ReadAsync(person)).TotpKey;

        Assert.Equal("/account/authenticator", (await browser.SubmitAsync(second, SetUpForm, new { Code = Site.CodeFor(KeyIn(second)) })).Location);
        Assert.Null(await Factors.TurnOnAsync(person.Id, second.Find("input[name=Sealed]").GetAttribute("value"), Site.CodeFor(KeyIn(second))));

        Assert.Equal(kept, (await Site.ReadAsync(person)).TotpKey);
    }

    [Fact]
    public async Task After_the_password_a_code_is_asked_and_leads_on()
    {
        var (person, key) = await GuardedAsync();
        using var browser = Site.NewBrowser();

        var half = await browser.TrySignInAsync(person.Email!, query: "?returnTo=/account/sessions");
        Assert.Equal("/account/second-step?returnTo=%2Faccount%2Fsessions", half.Location);
        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
        var step = await browser.GetAsync(half.Location!);
        var answer = await browser.SubmitAsync(step, StepForm, new { Code = Site.CodeFor(key) });

        Assert.Equal("/account/sessions", answer.Location);
        Assert.Null(browser.Cookies["__Host-halfway"]);
        Assert.NotNull(Assert.Single(await Site.OpenSessionsAsync(person.Id)).FactorAt);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var (person, key) = await GuardedAsync();
        using var first = Site.NewBrowser();
        using var second = Site.NewBrowser();
        var (one, other) = (await HalfwayAsync(first, person), await HalfwayAsync(second, person));
        var code = Site.CodeFor(key);
        Assert.Equal("/studio", (await first.SubmitAsync(one, StepForm, new { Code = code })).Location);

        var replayed = await second.SubmitAsync(other, StepForm, new { Code = code });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.Status);
        Assert.Contains("used already", replayed.TextOf("#Code-error"), StringComparison.Ordinal);
        Site.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("/studio", (await second.SubmitAsync(other, StepForm, new { Code = Site.CodeFor(key) })).Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000000")]
    [InlineData("abcd-efgh-jkmn")]
    [InlineData("😀😀😀😀😀😀")]
    [InlineData("00000000000000000000000000000000000000000000000000")]
    public async Task A_wrong_code_opens_nothing(string code)
    {
        var (person, _) = await GuardedAsync();
        using var browser = Site.NewBrowser();

        var answer = await browser.SubmitAsync(await HalfwayAsync(browser, person), StepForm, new { Code = code });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
    }

    [Fact]
    public async Task Halfway_in_lasts_ten_minutes()
    {
        var (person, key) = await GuardedAsync();
        using var browser = Site.NewBrowser();
        var step = await HalfwayAsync(browser, person);
        var cookie = browser.Cookies["__Host-halfway"]!;
        Site.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        browser.Cookies.Set("__Host-halfway", cookie);

        var answer = await browser.SubmitAsync(step, StepForm, new { Code = Site.CodeFor(key) });

        Assert.Equal("/account/sign-in", answer.Location);
        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
    }

    [Fact]
    public async Task Halfway_in_ends_when_the_password_changes()
    {
        var (person, key) = await GuardedAsync();
        using var browser = Site.NewBrowser();
        var step = await HalfwayAsync(browser, person);
        await Site.Database.WriteAsync(async write => (await write.Db.Users.FindAsync(person.Id))!.SetPassword("another"));

        var answer = await browser.SubmitAsync(step, StepForm, new { Code = Site.CodeFor(key) });

        Assert.Equal("/account/sign-in", answer.Location);
        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
    }

    [Fact]
    public async Task Halfway_in_ends_with_a_suspension_or_the_account()
    {
        foreach (var leaves in new[] { false, true })
        {
            var (person, key) = await GuardedAsync();
            using var browser = Site.NewBrowser();
            var step = await HalfwayAsync(browser, person);
            await Site.Database.WriteAsync(async write =>
            {
                var held = (await write.Db.Users.FindAsync(person.Id))!;
                held.Suspend(write.Now);
                if (leaves)
                    write.Db.Users.Remove(held);
            });

            var answer = await browser.SubmitAsync(step, StepForm, new { Code = Site.CodeFor(key) });

            Assert.Equal(leaves ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.SeeOther, answer.Status);
            Assert.Empty(await Site.OpenSessionsAsync(person.Id));
        }
    }

    [Fact]
    public async Task Without_the_password_there_is_no_second_step()
    {
        using var browser = Site.NewBrowser();

        Assert.Equal("/account/sign-in", (await browser.GetAsync("/account/second-step")).Location);
    }

    [Fact]
    public async Task Each_recovery_code_lets_in_once_however_it_is_typed_and_a_letter_says_so()
    {
        var (person, codes) = await WithCodesAsync();
        foreach (var typed in new[] { codes[0], codes[1].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal) })
        {
            using var browser = Site.NewBrowser();
            Assert.Equal("/studio", (await browser.SubmitAsync(await HalfwayAsync(browser, person), StepForm, new { Code = typed })).Location);
            Assert.Contains("recovery code was used", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        }

        using var again = Site.NewBrowser();
        var answer = await again.SubmitAsync(await HalfwayAsync(again, person), StepForm, new { Code = codes[0] });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task Another_persons_recovery_code_opens_nothing()
    {
        var (_, codes) = await WithCodesAsync();
        var (other, _) = await WithCodesAsync();

        Assert.IsType<Proof.Wrong>(await Factors.TakeAsync(other.Id, codes[0]));
    }

    [Fact]
    public async Task New_recovery_codes_kill_the_old()
    {
        var (person, old) = await WithCodesAsync();
        using var browser = await Site.EnterAsync(person, factorShown: true);

        var page = await browser.SubmitAsync(await browser.GetAsync("/account/authenticator"), "form[action='/account/authenticator/codes']");

        var fresh = CodesIn(page);
        Assert.Equal(10, fresh.Count);
        Assert.Empty(fresh.Intersect(old));
        Assert.IsType<Proof.Wrong>(await Factors.TakeAsync(person.Id, old[0]));
        Assert.IsType<Proof.Shown>(await Factors.TakeAsync(person.Id, fresh[0]));
        Assert.Contains("New recovery codes", (await Site.ReadAsync(db => db.Mails
            .Where(m => m.Recipient == person.Email).OrderBy(m => m.Id).Select(m => m.Body).ToListAsync()))[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_not_made_for_an_authenticator_that_is_off()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var page = await browser.GetAsync("/account/authenticator");
        var request = new HttpRequestMessage(HttpMethod.Post, "/account/authenticator/codes")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create(
                "__RequestVerificationToken", page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!)]),
        };

        Assert.Equal("/account/authenticator", (await browser.SendAsync(request)).Location);

        Assert.Equal(0, await Site.ReadAsync(db => db.RecoveryCodes.CountAsync(code => code.UserId == person.Id)));
    }

    [Fact]
    public async Task Turned_off_the_password_is_enough_and_the_codes_are_gone()
    {
        var (person, codes) = await WithCodesAsync();
        using var browser = await Site.EnterAsync(person, factorShown: true);

        await browser.SubmitAsync(await browser.GetAsync("/account/authenticator"), "form[action='/account/authenticator/off']");

        using var other = Site.NewBrowser();
        Assert.Equal("/studio", (await other.TrySignInAsync(person.Email!)).Location);
        Assert.IsType<Proof.Wrong>(await Factors.TakeAsync(person.Id, codes[0]));
        Assert.Contains("was removed", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_codes_are_kept_as_hashes()
    {
        var (person, codes) = await WithCodesAsync();

        var kept = await Site.ReadAsync(db => db.RecoveryCodes.Where(c => c.UserId == person.Id).Select(c => c.Hash).ToListAsync());

        Assert.Equal(codes.Select(RecoveryCode.HashOf).Order(), kept.Order());
        Assert.All(codes, code => Assert.Matches("^[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}$", code));
    }

    private async Task<(AppUser Person, byte[] Key)> GuardedAsync()
    {
        var person = await Site.PersonAsync(NewEmail());
        return (person, await Site.GiveTotpAsync(person));
    }

    private async Task<(AppUser Person, List<string> Codes)> WithCodesAsync()
    {
        var (person, _) = await GuardedAsync();
        return (person, [.. await Factors.RenewCodesAsync(person.Id)]);
    }

    private static async Task<Answer> HalfwayAsync(PlainBrowser browser, AppUser person) =>
        await browser.FollowAsync(await browser.TrySignInAsync(person.Email!));

    private static List<string> CodesIn(Answer page) => [.. page.Document.QuerySelectorAll(".codes li").Select(item => item.TextContent.Trim())];
}
