using System.Net;
using Dressora.Tests.Harness;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

/// <summary>The limits of RateRules at the account's pages, at their real size.</summary>
public sealed class TooOftenTests : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(settings: "Site:RateScale=1");

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task An_address_is_tried_ten_times_from_anywhere_and_then_waits()
    {
        var person = await _site.PersonAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInFromAsync(i, person.Email!, "another sentence")).Status);

        var answer = await SignInFromAsync(10, person.Email!.ToUpperInvariant(), Make.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("60", answer.Header("Retry-After"));
        Assert.Contains("60 seconds", answer.TextOf("main [role=alert]"), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        _site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/studio", (await SignInFromAsync(11, person.Email!, Make.Password)).Location);
    }

    [Fact]
    public async Task An_unknown_address_waits_just_so()
    {
        for (var i = 0; i < 10; i++)
            await SignInFromAsync(i, "nobody@example.org", "another sentence");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInFromAsync(10, "nobody@example.org", "another sentence")).Status);
    }

    [Fact]
    public async Task A_network_tries_thirty_addresses_and_then_waits()
    {
        using var browser = _site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        for (var i = 0; i < 30; i++)
        {
            var answer = await browser.SubmitAsync(page, SignInForm, new { Form_Email = "no address", Form_Password = "x" });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync(page, SignInForm, new { Form_Email = "no address" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/sign-in")).Status);
        using var neighbour = _site.NewBrowser("203.0.113.8");
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await neighbour.TrySignInAsync("no address")).Status);
    }

    [Fact]
    public async Task A_code_is_guessed_ten_times()
    {
        var person = await _site.PersonAsync();
        var key = await _site.GiveTotpAsync(person);
        using var browser = _site.NewBrowser();
        var step = await browser.FollowAsync(await browser.TrySignInAsync(person.Email!));
        for (var i = 0; i < 10; i++)
            await browser.SubmitAsync(step, "form[action='/account/second-step']", new { Code = "000000" });

        var answer = await browser.SubmitAsync(step, "form[action='/account/second-step']", new { Code = _site.CodeFor(key) });

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Contains("too often", answer.TextOf("#Code-error"), StringComparison.Ordinal);
        Assert.Empty(await _site.OpenSessionsAsync(person.Id));
    }

    [Fact]
    public async Task A_password_is_guessed_ten_times_by_whoever_found_the_phone()
    {
        var (person, browser) = await _site.InsideAsync();
        using var _ = browser;
        using var elsewhere = await _site.EnterAsync(person);
        for (var i = 0; i < 5; i++)
        {
            await ProveAsync(browser, "another sentence");
            await ProveAsync(elsewhere, "another sentence");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ProveAsync(browser, Make.Password)).Status);
    }

    [Fact]
    public async Task A_letter_with_a_new_password_is_asked_for_five_times_an_hour()
    {
        var person = await _site.PersonAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("/account/sent", (await ResetFromAsync(i, person.Email!)).Location);

        var answer = await ResetFromAsync(5, person.Email!);

        Assert.Equal((HttpStatusCode.TooManyRequests, "720"), (answer.Status, answer.Header("Retry-After")));
        Assert.Contains("12 minutes", answer.TextOf("#Email-error"), StringComparison.Ordinal);
        Assert.Equal(5, await _site.LettersAsync(person.Email!));
    }

    [Fact]
    public async Task An_address_is_signed_up_five_times_an_hour()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal("/account/sent", (await SignUpFromAsync(i)).Location);

        var answer = await SignUpFromAsync(5);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Contains("too often", answer.TextOf("#Form_Email-error"), StringComparison.Ordinal);
        Assert.Equal(5, await _site.LettersAsync("noor@example.org"));
    }

    [Fact]
    public async Task Signing_in_unconfirmed_sends_no_more_letters_than_signing_up()
    {
        var person = await _site.PersonAsync(confirmed: false);
        for (var i = 0; i < 9; i++)
            Assert.Equal("/account/sent", (await SignInFromAsync(i, person.Email!, Make.Password)).Location);

        Assert.Equal(5, await _site.LettersAsync(person.Email!));
    }

    [Fact]
    public async Task A_move_is_asked_for_five_times_an_hour_whoever_asks()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal("/account/security", (await MoveAsync()).Location);

        var answer = await MoveAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal(5, await _site.LettersAsync("target@example.org"));
    }

    private async Task<Answer> MoveAsync()
    {
        using var browser = (await _site.InsideAsync()).Browser;
        return await browser.SubmitAsync(await browser.GetAsync("/account/email"), "main form", new { Email = "target@example.org" });
    }

    private async Task<Answer> SignInFromAsync(int network, string email, string password)
    {
        using var browser = _site.NewBrowser($"203.0.113.{network + 20}");
        return await browser.TrySignInAsync(email, password);
    }

    private async Task<Answer> ResetFromAsync(int network, string email)
    {
        using var browser = _site.NewBrowser($"203.0.113.{network + 20}");
        return await browser.SubmitAsync(await browser.GetAsync("/account/reset"), "main form", new { Email = email });
    }

    private async Task<Answer> SignUpFromAsync(int network)
    {
        using var browser = _site.NewBrowser($"203.0.113.{network + 20}");
        var page = await browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(3));
        return await browser.SubmitAsync(page, "form[data-puzzle]", new
        {
            Form_Email = "noor@example.org", Form_Password = Make.Password, Form_Sum = Make.SumIn(page),
        });
    }

    private static async Task<Answer> ProveAsync(PlainBrowser browser, string password) => await browser.SubmitAsync(
        await browser.GetAsync("/account/prove"), "form[action='/account/prove/password']", new { Password = password });
}
