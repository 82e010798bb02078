using Dressora.Tests.Harness;
using Dressora.Tests.Pages.Account;
using Dressora.Web.Identity;
using Microsoft.Playwright;
using Xunit;

namespace Dressora.Tests.Browser;

/// <summary>People at the account's pages, at a real browser: with script and without, on a desk and on a phone.</summary>
[Trait("needs", "browser")]
public sealed class AccountJourneys : IAsyncLifetime
{
    private const string Email = "noor@example.org";
    private Site _site = null!;

    public static TheoryData<bool, int> Sights => new() { { true, 1280 }, { false, 360 } };

    public async Task InitializeAsync() => _site = await Site.ListenAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(true, 360)]
    [InlineData(false, 360)]
    public async Task A_stranger_makes_an_account_by_letter(bool script, int width)
    {
        await using var journey = await BeginAsync(script, width);
        await journey.GoAsync("/account/sign-in");
        await journey.FollowAsync("Make an account");
        await journey.ReadsAsync("Make an account");
        await journey.TypeAsync("E-mail", Email);
        await journey.TypeAsync("Password", Make.Password);
        await AnswerAsync(journey, script);
        _site.Clock.Advance(TimeSpan.FromSeconds(9));
        await journey.PressAsync("Make my account");
        await journey.ReadsAsync("Look into your mail");

        await journey.GoAsync(Make.LinkIn(await _site.LetterAsync(Email)));
        await journey.TypeAsync("Password", Make.Password);
        await journey.PressAsync("Confirm and go in");

        await journey.ReadsAsync("Welcome");
        await journey.ShowsAsync("Your address is confirmed");
        await journey.GoAsync("/account/email");
        await journey.ShowsAsync(Email);
    }

    [Theory]
    [MemberData(nameof(Sights))]
    public async Task A_person_comes_in_and_goes_out(bool script, int width)
    {
        await _site.PersonAsync(Email);
        await using var journey = await BeginAsync(script, width);
        await journey.GoAsync("/account/sessions");
        await journey.ReadsAsync("Sign in");
        await SignInAsync(journey, "another sentence");
        await journey.ShowsAsync("No account has this address and this password together.");
        await SignInAsync(journey, Make.Password);
        await journey.ReadsAsync("Where you are signed in");

        await journey.FollowAsync("Sign out");
        await journey.PressAsync("Sign out here");

        await journey.ShowsAsync("You are signed out on this device.");
        await journey.GoAsync("/account");
        await journey.ReadsAsync("Sign in");
    }

    [Theory]
    [MemberData(nameof(Sights))]
    public async Task A_forgotten_password_is_chosen_anew_by_the_letter_in_the_log(bool script, int width)
    {
        await _site.PersonAsync(Email);
        await using var journey = await BeginAsync(script, width);
        await journey.GoAsync("/account/sign-in");
        await journey.FollowAsync("Forgotten the password?");
        await journey.TypeAsync("E-mail", Email);
        await journey.PressAsync("Send me the link");
        await journey.ReadsAsync("Look into your mail");
        await journey.ShowsAsync("This server sends no letters yet.");

        await journey.GoAsync(await LinkInLogAsync());
        await journey.ReadsAsync("Choose a new password");
        await journey.TypeAsync("New password", "short");
        await journey.PressAsync("Use this password");
        await journey.ShowsAsync("At least 8 characters.");
        await journey.TypeAsync("New password", "seven brass kettles");
        await journey.PressAsync("Use this password");
        await journey.ShowsAsync("Your new password is set");
        await SignInAsync(journey, "seven brass kettles");

        await journey.ReadsAsync("Hello");
    }

    [Fact]
    public async Task A_passkey_is_made_and_signs_in()
    {
        await _site.PersonAsync(Email);
        await using var journey = await BeginAsync(script: true, 1280);
        var device = await journey.PlugInAuthenticatorAsync();
        await journey.GoAsync("/account/passkeys");
        await SignInAsync(journey, Make.Password);
        await journey.ReadsAsync("Passkeys");
        await journey.TypeAsync("A name for it", "My laptop");
        await journey.PressAsync("Add a passkey");
        await journey.ShowsAsync("The passkey is yours.");
        Assert.Equal(1, await device.CountAsync());

        await journey.PressAsync("Add a passkey");
        await journey.ShowsAsync("has a passkey for this account already");
        await SignOutAsync(journey);
        await journey.GoAsync("/account/sign-in");
        await journey.PressAsync("Use a passkey");
        await journey.ReadsAsync("Hello");

        await journey.GoAsync("/account/passkeys");
        await journey.PressAsync("Remove");
        await journey.ShowsAsync("It opens nothing here any more");
        await SignOutAsync(journey);
        await journey.GoAsync("/account/sign-in");
        await journey.PressAsync("Use a passkey");
        await journey.ShowsAsync("This passkey opens no account here.");
    }

    [Fact]
    public async Task Without_script_a_passkey_is_explained_and_the_rest_works()
    {
        await _site.PersonAsync(Email);
        await using var journey = await BeginAsync(script: false, 360);
        await journey.GoAsync("/account/passkeys");
        Assert.False(await journey.Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).IsVisibleAsync());
        await SignInAsync(journey, Make.Password);

        await journey.ReadsAsync("Passkeys");
        await journey.ShowsAsync("Browsers make passkeys only with scripting on.");
    }

    [Theory]
    [MemberData(nameof(Sights))]
    public async Task An_authenticator_is_set_up_and_asked_for(bool script, int width)
    {
        await _site.PersonAsync(Email);
        await using var journey = await BeginAsync(script, width);
        await journey.GoAsync("/account/authenticator");
        await SignInAsync(journey, Make.Password);
        await journey.ReadsAsync("Authenticator app");
        var key = AccountSteps.KeyFrom(await journey.Page.Locator("code.command").InnerTextAsync());
        await journey.TypeAsync("Code that the app shows", Totp.CodeAt(key, _site.Clock.GetUtcNow()));
        await journey.PressAsync("Turn it on");
        await journey.ShowsAsync("Keep these ten codes");
        var codes = await journey.Page.Locator(".codes li").AllInnerTextsAsync();
        Assert.Equal(10, codes.Count);

        await SignOutAsync(journey);
        await journey.GoAsync("/account/sign-in");
        await SignInAsync(journey, Make.Password);
        await journey.ReadsAsync("One code more");
        await journey.TypeAsync("Code", "000000");
        await journey.PressAsync("Go in");
        await journey.ShowsAsync("This code is not right");
        _site.Clock.Advance(TimeSpan.FromSeconds(30));
        await journey.TypeAsync("Code", Totp.CodeAt(key, _site.Clock.GetUtcNow()));
        await journey.PressAsync("Go in");
        await journey.ReadsAsync("Hello");

        await SignOutAsync(journey);
        await journey.GoAsync("/account/sign-in");
        await SignInAsync(journey, Make.Password);
        await journey.TypeAsync("Code", codes[0].ToUpperInvariant());
        await journey.PressAsync("Go in");
        await journey.ReadsAsync("Hello");
    }

    private Task<Journey> BeginAsync(bool script, int width) => Journey.BeginAsync(_site, new Sight(width, Script: script));

    private static async Task SignInAsync(Journey journey, string password)
    {
        await journey.TypeAsync("E-mail", Email);
        await journey.TypeAsync("Password", password);
        await journey.PressAsync("Sign in");
    }

    private static async Task SignOutAsync(Journey journey)
    {
        await journey.GoAsync("/account/sign-out");
        await journey.PressAsync("Sign out here");
        await journey.ShowsAsync("You are signed out on this device.");
    }

    /// <summary>A browser with script works it out by itself; a person without reads and adds.</summary>
    private static async Task AnswerAsync(Journey journey, bool script)
    {
        var question = journey.Page.Locator("[data-puzzle-question]");
        if (script)
        {
            await Assertions.Expect(question).ToBeHiddenAsync();
            return;
        }

        string[] words = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
        var text = await question.Locator("label").InnerTextAsync();
        var sum = text.Split(' ').Where(words.Contains).Sum(word => Array.IndexOf(words, word) + 2);
        await question.Locator("input").FillAsync($"{sum}");
    }

    private async Task<string> LinkInLogAsync()
    {
        var letter = await _site.LetterAsync(Email);
        while (!_site.Log.Lines.Any(line => line.Text.Contains(letter.Body, StringComparison.Ordinal)))
            await Task.Delay(20);
        return Make.LinkIn(letter);
    }
}
