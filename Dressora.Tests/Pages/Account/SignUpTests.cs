using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dressora.Tests.Pages.Account;

public sealed class SignUpTests : IAsyncLifetime
{
    private const string Email = "noor@example.org";
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync();
        _browser = _site.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_becomes_a_person_by_letter_and_password()
    {
        Assert.Equal("/account/sent", (await AskAsync(Email, Make.Password)).Location);
        var confirm = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));

        var inside = await _browser.FollowAsync(_browser.SubmitAsync(confirm, "main form", new { Password = Make.Password }));

        Assert.Equal("/welcome", inside.Address.PathAndQuery);
        Assert.Contains("Your address is confirmed", inside.Text, StringComparison.Ordinal);
        Assert.True((await OnlyPersonAsync()).EmailConfirmed);
    }

    [Fact]
    public async Task The_link_in_the_letter_opens_nothing_without_the_password()
    {
        await AskAsync(Email, Make.Password);
        var confirm = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));

        var refused = await _browser.SubmitAsync(confirm, "main form", new { Password = "another sentence" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.False((await OnlyPersonAsync()).EmailConfirmed);
    }

    [Fact]
    public async Task A_link_works_once_and_for_a_day()
    {
        await AskAsync(Email, Make.Password);
        var link = Make.LinkIn(await _site.LetterAsync(Email));
        _site.Clock.Advance(TimeSpan.FromHours(24));
        var late = await _browser.SubmitAsync(await _browser.GetAsync(link), "main form", new { Password = Make.Password });
        Assert.Contains("older than 24 hours", late.Text, StringComparison.Ordinal);

        await AskAsync(Email, Make.Password);
        var fresh = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));
        Assert.Equal("/studio", (await _browser.SubmitAsync(fresh, "main form", new { Password = Make.Password })).Location);
        using var other = _site.NewBrowser();
        var again = await other.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));
        var dead = await other.SubmitAsync(again, "main form", new { Password = Make.Password });
        Assert.Contains("used already", dead.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_address_gets_the_same_answer_and_another_letter()
    {
        await _site.PersonAsync(Email);

        var answer = await AskAsync(Email, "five silver teapots");

        Assert.Equal("/account/sent", answer.Location);
        Assert.Contains("already", (await _site.LetterAsync(Email)).Subject, StringComparison.Ordinal);
        using var browser = await _site.SignInAsync(Email);
    }

    [Fact]
    public async Task Asking_twice_before_confirming_keeps_the_newer_password_and_letter()
    {
        await AskAsync(Email, "five silver teapots");
        var old = Make.LinkIn(await _site.LetterAsync(Email));
        await AskAsync(Email, Make.Password);

        var dead = await _browser.SubmitAsync(await _browser.GetAsync(old), "main form", new { Password = "five silver teapots" });
        var alive = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, dead.Status);
        Assert.Equal("/studio", (await _browser.SubmitAsync(alive, "main form", new { Password = Make.Password })).Location);
    }

    [Theory]
    [InlineData("", "not an e-mail address")]
    [InlineData("noor", "not an e-mail address")]
    [InlineData("noor @example.org", "not an e-mail address")]
    [InlineData("noor@example.org\r\nBcc: a@example.org", "not an e-mail address")]
    public async Task A_bad_address_is_named_and_kept(string email, string words)
    {
        var answer = await AskAsync(email, Make.Password);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.TextOf("#Form_Email-error"), StringComparison.Ordinal);
        Assert.Equal(0, await _site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Theory]
    [InlineData("short", "At least 8")]
    [InlineData("password1", "first that anybody would try")]
    [InlineData("aaaaaaaaaaaa", "first that anybody would try")]
    [InlineData("noor@example.org", "almost your e-mail address")]
    public async Task A_weak_password_is_named_and_never_sent_back(string password, string words)
    {
        var answer = await AskAsync(Email, password);

        Assert.Contains(words, answer.TextOf("#Form_Password-error"), StringComparison.Ordinal);
        Assert.Equal(Email, answer.Find("#Form_Email").GetAttribute("value"));
        Assert.Null(answer.Find("#Form_Password").GetAttribute("value"));
    }

    [Fact]
    public async Task A_wrong_sum_asks_anew_and_keeps_what_was_typed()
    {
        var page = await _browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(9));

        var answer = await _browser.SubmitAsync(
            page, "form[data-puzzle]", new { Form_Email = Email, Form_Password = Make.Password, Form_Sum = "99" });

        Assert.Contains("not right", answer.TextOf("#Form_Sum-error"), StringComparison.Ordinal);
        Assert.Equal(Email, answer.Find("#Form_Email").GetAttribute("value"));
        Assert.Equal("", answer.Find("#Form_Sum").GetAttribute("value"));
        Assert.NotEqual(page.Find("form[data-puzzle]").GetAttribute("data-puzzle"), answer.Find("form[data-puzzle]").GetAttribute("data-puzzle"));
    }

    [Fact]
    public async Task A_form_filled_faster_than_people_type_is_asked_again()
    {
        var page = await _browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await _browser.SubmitAsync(page, "form[data-puzzle]", Fields(page, Email, Make.Password));

        Assert.Contains("quicker than people type", answer.TextOf("#Form_Sum-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_puzzle_opens_one_account()
    {
        var page = await _browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(9));
        await _browser.SubmitAsync(page, "form[data-puzzle]", Fields(page, Email, Make.Password));

        var again = await _browser.SubmitAsync(page, "form[data-puzzle]", Fields(page, "second@example.org", Make.Password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Equal(1, await _site.ReadAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task A_browsers_work_is_as_good_as_the_sum()
    {
        var page = await _browser.GetAsync("/account/new");
        var challenge = page.Find("form[data-puzzle]").GetAttribute("data-puzzle")!;
        _site.Clock.Advance(TimeSpan.FromSeconds(9));

        var answer = await _browser.SubmitAsync(
            page, "form[data-puzzle]", new { Form_Email = Email, Form_Password = Make.Password, Form_Work = WorkFor(challenge) });

        Assert.Equal("/account/sent", answer.Location);
    }

    [Fact]
    public async Task A_closed_house_says_so_and_makes_no_account()
    {
        await using var closed = await Site.StartAsync(settings: "Accounts:SignUp=Closed");
        using var browser = closed.NewBrowser();

        var page = await browser.GetAsync("/account/new");

        Assert.Contains("by invitation only", page.Text, StringComparison.Ordinal);
        Assert.False(page.Has("form[data-puzzle]"));
    }

    private async Task<Answer> AskAsync(string email, string password)
    {
        var page = await _browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(9));
        return await _browser.SubmitAsync(page, "form[data-puzzle]", Fields(page, email, password));
    }

    private static object Fields(Answer page, string email, string password) =>
        new { Form_Email = email, Form_Password = password, Form_Sum = Make.SumIn(page) };

    private Task<AppUser> OnlyPersonAsync() => _site.ReadAsync(db => db.Users.SingleAsync());

    private static string WorkFor(string challenge)
    {
        for (var n = 0; ; n++)
        {
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{challenge}:{n}"));
            if (hash[0] == 0 && hash[1] == 0)
                return n.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
