using System.Text.RegularExpressions;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Harness;

/// <summary>People and their letters, put in place before a test begins.</summary>
public static partial class Make
{
    public const string Password = "three green umbrellas";

    private static readonly Lock Once = new();
    private static string? _hash;

    /// <summary>Somebody whose address is confirmed and whose password is <see cref="Password"/>.</summary>
    public static async Task<AppUser> PersonAsync(
        this Site site, string email = "asha@example.org", Role role = Role.Person, bool confirmed = true)
    {
        var hash = HashIn(site);
        return await site.Database.WriteAsync(async write =>
        {
            var address = Address.Read(email)!;
            var person = new AppUser(address.Email, address.Normalized, write.Now);
            person.SetPassword(hash);
            person.Promote(role);
            if (confirmed)
                person.Confirm();
            person.Enter("", "", write.Now);
            write.Db.Users.Add(person);
            await write.SaveAsync();
            return person;
        });
    }

    /// <summary>A browser in which that person is signed in.</summary>
    public static async Task<PlainBrowser> SignInAsync(this Site site, string email = "asha@example.org")
    {
        var browser = site.NewBrowser();
        var page = await browser.GetAsync("/account/sign-in");
        var answer = await browser.SubmitAsync(page, "form[action='/account/sign-in']", new { Form_Email = email, Form_Password = Password });
        if (answer.Location is null)
            throw new InvalidOperationException($"Nobody was signed in: {answer}");
        return browser;
    }

    /// <summary>A browser in which a new admin has just shown a second factor.</summary>
    public static async Task<PlainBrowser> AdminAsync(this Site site, string email = "admin@example.org", Role role = Role.Admin)
    {
        var person = await site.PersonAsync(email, role);
        var browser = await site.SignInAsync(email);
        var session = await site.ReadAsync(db => db.Sessions.Where(s => s.UserId == person.Id).Select(s => s.Id).MaxAsync());
        await site.Database.WriteAsync(async write => (await write.Db.Sessions.SingleAsync(s => s.Id == session)).ShowFactor(write.Now));
        return browser;
    }

    /// <summary>Credits to spend, as an admin's gift.</summary>
    public static Task GiveAsync(this Site site, long userId, long credits) => site.Database.WriteAsync(
        write => site.Services.GetRequiredService<CreditLedger>().AdjustAsync(
            write, new Command($"test:{Guid.NewGuid():N}"), userId, credits, "for a test"));

    /// <summary>The newest letter to an address.</summary>
    public static async Task<Mail> LetterAsync(this Site site, string to) =>
        await site.ReadAsync(db => db.Mails.Where(mail => mail.Recipient == to).OrderByDescending(mail => mail.Id).FirstOrDefaultAsync())
        ?? throw new InvalidOperationException($"No letter to {to}.");

    public static Task<int> LettersAsync(this Site site, string to) =>
        site.ReadAsync(db => db.Mails.CountAsync(mail => mail.Recipient == to));

    /// <summary>Path and query of the link in a letter.</summary>
    public static string LinkIn(Mail letter) => new Uri(Links().Match(letter.Body).Value).PathAndQuery;

    /// <summary>What a person answers to "two plus three is".</summary>
    public static string SumIn(Answer page)
    {
        string[] words = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
        var question = page.TextOf("[data-puzzle-question] label").Split(' ');
        return question.Where(words.Contains).Sum(word => Array.IndexOf(words, word) + 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string HashIn(Site site)
    {
        lock (Once)
            return _hash ??= site.Services.GetRequiredService<Passwords>().Hash(Password);
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links();
}
