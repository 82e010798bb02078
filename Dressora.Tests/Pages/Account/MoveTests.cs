using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

/// <summary>From one e-mail address to another.</summary>
public sealed class MoveTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly string _new = NewEmail();

    private Site Site => shared.Site;

    [Fact]
    public async Task An_address_moves_when_the_letter_to_the_new_one_is_answered()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;

        Assert.Equal("/account/security", (await AskAsync(browser, _new)).Location);
        Assert.Contains("asked to change", (await Site.LetterAsync(person.Email!)).Subject, StringComparison.Ordinal);
        Assert.Equal(person.Email, (await Site.ReadAsync(person)).Email);
        var answer = await UseAsync(browser, _new);

        Assert.Contains("new address", answer.Text, StringComparison.Ordinal);
        var moved = await Site.ReadAsync(person);
        Assert.Equal((_new, _new.ToUpperInvariant(), _new.ToUpperInvariant()), (moved.Email, moved.NormalizedEmail, moved.NormalizedUserName));
        Assert.Contains("was changed", (await Site.LetterAsync(person.Email!)).Subject, StringComparison.Ordinal);
        using var other = Site.NewBrowser();
        Assert.Equal("/studio", (await other.TrySignInAsync(_new)).Location);
        Assert.Null((await Site.NewBrowser().TrySignInAsync(person.Email!)).Location);
    }

    [Fact]
    public async Task A_taken_address_gets_no_letter_and_nobody_learns_that_it_is_taken()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await Site.PersonAsync(_new);
        var free = await browser.FollowAsync(AskAsync(browser, NewEmail()));

        var taken = await browser.FollowAsync(AskAsync(browser, _new));

        Assert.Equal(free.WithoutTokens(), taken.WithoutTokens());
        Assert.Equal(0, await Site.LettersAsync(_new));
        Assert.Equal(2, await Site.LettersAsync(person.Email!));
    }

    [Fact]
    public async Task An_address_that_was_taken_meanwhile_stays_with_who_took_it()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await AskAsync(browser, _new);
        await Site.PersonAsync(_new);

        var answer = await UseAsync(browser, _new);

        Assert.Contains("belongs to another account", answer.Text, StringComparison.Ordinal);
        Assert.Equal(person.Email, (await Site.ReadAsync(person)).Email);
    }

    [Fact]
    public async Task Somebody_else_cannot_use_the_link_and_does_not_use_it_up()
    {
        var (person, browser) = await Site.InsideAsync();
        var (other, theirs) = await Site.InsideAsync();
        using var _ = browser;
        using var __ = theirs;
        await AskAsync(browser, _new);

        await UseAsync(theirs, _new);
        Assert.Equal(other.Email, (await Site.ReadAsync(other)).Email);
        await UseAsync(browser, _new);

        Assert.Equal(_new, (await Site.ReadAsync(person)).Email);
    }

    [Fact]
    public async Task A_link_lives_a_day_and_works_once()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await AskAsync(browser, _new);
        Site.Clock.Advance(TimeSpan.FromHours(24));
        await UseAsync(browser, _new);
        Assert.Equal(person.Email, (await Site.ReadAsync(person)).Email);

        await browser.SubmitAsync(await browser.GetAsync("/account/prove"), "form[action='/account/prove/password']", new { Password = Make.Password });
        var another = NewEmail();
        await AskAsync(browser, another);
        var form = await browser.GetAsync(Make.LinkIn(await Site.LetterAsync(another)));
        await browser.SubmitAsync(form, "main form");
        var again = await browser.FollowAsync(browser.SubmitAsync(form, "main form"));

        Assert.Contains("used already", again.Text, StringComparison.Ordinal);
        Assert.Equal(another, (await Site.ReadAsync(person)).Email);
    }

    [Fact]
    public async Task A_reset_letter_to_the_old_address_dies_with_the_move()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await browser.SubmitAsync(await browser.GetAsync("/account/reset"), "main form", new { person.Email });
        var reset = Make.LinkIn(await Site.LetterAsync(person.Email!));
        await AskAsync(browser, _new);

        await UseAsync(browser, _new);

        Assert.False((await browser.GetAsync(reset)).Has("form[action='/account/new-password']"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("a@example.org, b@example.org")]
    public async Task What_is_no_address_is_named(string typed)
    {
        using var browser = (await Site.InsideAsync()).Browser;

        var answer = await AskAsync(browser, typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("not an e-mail address", answer.TextOf("#Email-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moving_to_the_address_one_has_changes_nothing()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;

        Assert.Equal("/account/security", (await AskAsync(browser, person.Email!)).Location);

        Assert.Equal(0, await Site.ReadAsync(db => db.MailedCodes.CountAsync(code => code.UserId == person.Id)));
    }

    private static async Task<Answer> AskAsync(PlainBrowser browser, string email) =>
        await browser.SubmitAsync(await browser.GetAsync("/account/email"), "main form", new { Email = email });

    private async Task<Answer> UseAsync(PlainBrowser browser, string email)
    {
        var form = await browser.GetAsync(Make.LinkIn(await Site.LetterAsync(email)));
        return await browser.FollowAsync(browser.SubmitAsync(form, "main form"));
    }
}
