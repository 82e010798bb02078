using System.Security.Claims;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dressora.Tests.Pages.Account;

/// <summary>What people do at the account's pages, in one line each.</summary>
internal static class AccountSteps
{
    internal const string SignInForm = "form[action='/account/sign-in']";
    private static int _count;

    /// <summary>An address that nobody else in this run has.</summary>
    internal static string NewEmail() => $"person{Interlocked.Increment(ref _count)}@example.org";

    internal static async Task<Answer> TrySignInAsync(
        this PlainBrowser browser, string email, string password = Make.Password, bool stay = true, string query = "")
    {
        var page = await browser.GetAsync("/account/sign-in" + query);
        return await browser.SubmitAsync(page, SignInForm, new { Form_Email = email, Form_Password = password, Form_Stay = stay });
    }

    /// <summary>A new person, and a browser in which they are signed in; no password was hashed for it.</summary>
    internal static async Task<(AppUser Person, PlainBrowser Browser)> InsideAsync(this Site site, Role role = Role.Person, bool factorShown = false)
    {
        var person = await site.PersonAsync(NewEmail(), role);
        return (person, await site.EnterAsync(person, factorShown));
    }

    /// <summary>One more browser of that person.</summary>
    internal static async Task<PlainBrowser> EnterAsync(this Site site, AppUser person, bool factorShown = false, bool remember = true)
    {
        var session = new Session(person.Id, "Firefox, Linux", "203.0.113.x", remember, site.Clock.GetUtcNow());
        var id = await site.Services.GetRequiredService<Sessions>().OpenAsync(session, null, factorShown, null)
            ?? throw new InvalidOperationException($"{person.Email} may not sign in.");
        var browser = site.NewBrowser();
        browser.Cookies.Set(SessionCookieName(site), site.TicketFor(id));
        return browser;
    }

    internal static string SessionCookieName(Site site) => site.Address.Scheme == "https" ? "__Host-session" : "session";

    internal static Task<List<Session>> OpenSessionsAsync(this Site site, long userId) =>
        site.ReadAsync(db => db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null).OrderBy(s => s.Id).ToListAsync());

    internal static Task<AppUser> ReadAsync(this Site site, AppUser person) =>
        site.ReadAsync(db => db.Users.SingleAsync(user => user.Id == person.Id));

    /// <summary>Turns the authenticator on without its page; the key is for making codes.</summary>
    internal static async Task<byte[]> GiveTotpAsync(this Site site, AppUser person)
    {
        var key = Totp.NewKey();
        var seal = site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Dressora.Totp.v1");
        await site.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync(user => user.Id == person.Id)).UseTotp(seal.Protect(Convert.ToHexString(key)), 0));
        return key;
    }

    internal static string CodeFor(this Site site, byte[] key) => Totp.CodeAt(key, site.Clock.GetUtcNow());

    /// <summary>The key that a page spells for people who cannot scan it.</summary>
    internal static byte[] KeyIn(Answer page) => KeyFrom(page.TextOf("code.command"));

    internal static byte[] KeyFrom(string spelled)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(spelled
            .Select(letter => Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    /// <summary>A page without what differs at every request and with no trace of what was typed into it.</summary>
    internal static string WithoutTokens(this Answer answer, params string[] typed)
    {
        var document = answer.Document;
        foreach (var token in document.QuerySelectorAll("input[name=__RequestVerificationToken], input[name='Form.Challenge']"))
            token.SetAttribute("value", "");
        return typed.Aggregate(document.DocumentElement.OuterHtml, (text, word) => text.Replace(word, "…", StringComparison.Ordinal));
    }

    private static string TicketFor(this Site site, long sessionId)
    {
        var options = site.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionCookie.Scheme);
        var identity = new ClaimsIdentity([new(PersonClaims.Session, $"{sessionId}")], SessionCookie.Scheme);
        return options.TicketDataFormat.Protect(new AuthenticationTicket(new ClaimsPrincipal(identity), SessionCookie.Scheme));
    }
}
