using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

public sealed class PasswordTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string Another = "seven brass kettles";

    private Site Site => shared.Site;

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_is_told_by_letter()
    {
        var (person, here) = await Site.InsideAsync();
        using var _ = here;
        using var there = await Site.EnterAsync(person);

        var answer = await here.SubmitAsync(await here.GetAsync("/account/password"), "main form", new { Password = Another });

        Assert.Equal("/account/security", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).Status);
        Assert.NotNull((await there.GetAsync("/account")).Location);
        Assert.Contains("password of your account", (await Site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
        using var browser = Site.NewBrowser();
        Assert.Equal("/studio", (await browser.TrySignInAsync(person.Email!, Another)).Location);
        using var late = Site.NewBrowser();
        Assert.Null((await late.TrySignInAsync(person.Email!)).Location);
    }

    [Theory]
    [InlineData("short", "At least 8")]
    [InlineData("dressora2026", "first that anybody would try")]
    [InlineData("qwertyuiop", "first that anybody would try")]
    public async Task A_weak_password_is_refused_and_changes_nothing(string password, string words)
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;

        var answer = await browser.SubmitAsync(await browser.GetAsync("/account/password"), "main form", new { Password = password });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.TextOf("#Password-error"), StringComparison.Ordinal);
        Assert.Equal(person.PasswordHash, (await Site.ReadAsync(person)).PasswordHash);
        Assert.Equal(0, await Site.LettersAsync(person.Email!));
    }

    [Fact]
    public async Task A_new_password_kills_every_letter_that_is_still_out()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var reset = await browser.GetAsync("/account/reset");
        await browser.SubmitAsync(reset, "main form", new { person.Email });
        await browser.SubmitAsync(await browser.GetAsync("/account/email"), "main form", new { Email = NewEmail() });
        Assert.Equal(2, await CodesAsync(person));

        await browser.SubmitAsync(await browser.GetAsync("/account/password"), "main form", new { Password = Another });

        Assert.Equal(0, await CodesAsync(person));
    }

    [Fact]
    public async Task The_longest_password_works_and_one_letter_more_does_not()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        var longest = string.Concat(Enumerable.Repeat("paßwört ", 16));
        Assert.Equal(PasswordRules.LengthMax, longest.Length);
        var page = await browser.GetAsync("/account/password");
        Assert.Contains("At most 128", (await browser.SubmitAsync(page, "main form", new { Password = longest + "x" })).Text, StringComparison.Ordinal);

        await browser.SubmitAsync(page, "main form", new { Password = longest });

        using var other = Site.NewBrowser();
        Assert.Equal("/studio", (await other.TrySignInAsync(person.Email!, longest)).Location);
        Assert.Null((await Site.NewBrowser().TrySignInAsync(person.Email!, longest + "x")).Location);
    }

    private Task<int> CodesAsync(AppUser person) => Site.ReadAsync(db => db.MailedCodes.CountAsync(code => code.UserId == person.Id));
}
