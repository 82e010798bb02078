using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Tests.Pages.Account;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Accounts;

public sealed class LettersTests
{
    [Theory]
    [InlineData("hi", "hi: A change to your account at Dressora")]
    [InlineData("ru", "ru: A change to your account at Dressora")]
    [InlineData("en", "A change to your account at Dressora")]
    public async Task A_letter_is_in_the_language_of_who_reads_it(string language, string subject)
    {
        await using var site = await Site.StartAsync(adjust: builder =>
            builder.Services.Replace(ServiceDescriptor.Singleton<IStringLocalizer<Words>, Echo>()));
        var person = await SpeakerAsync(site, language);
        using var browser = await site.EnterAsync(person);
        browser.Language = "ru";
        var before = await site.Database.WriteAsync(_ => CultureInfo.CurrentUICulture);

        await browser.SubmitAsync(await browser.GetAsync("/account/password"), "main form", new { Password = "seven brass kettles" });

        Assert.Equal(subject, (await site.LetterAsync(person.Email!)).Subject);
        Assert.Equal(before, await site.Database.WriteAsync(_ => CultureInfo.CurrentUICulture));
    }

    [Fact]
    public async Task A_language_without_words_yet_is_written_in_English()
    {
        await using var site = await Site.StartAsync();
        var person = await SpeakerAsync(site, "ru");

        await site.Services.GetRequiredService<Recovery>().AskAsync(person.Email);

        Assert.NotEqual("", (await site.LetterAsync(person.Email!)).Subject);
        Assert.Contains("https://dressora.test/account/new-password?code=", (await site.LetterAsync(person.Email!)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sites_name_with_braces_in_it_is_a_name()
    {
        await using var site = await Site.StartAsync(settings: "Site:Name=The {0} house {{x}}");
        var person = await site.PersonAsync(NewEmail());

        await site.Services.GetRequiredService<Recovery>().AskAsync(person.Email);

        Assert.Equal("A new password for The {0} house {{x}}", (await site.LetterAsync(person.Email!)).Subject);
    }

    private static async Task<AppUser> SpeakerAsync(Site site, string language)
    {
        var person = await site.PersonAsync(NewEmail());
        await site.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync(user => user.Id == person.Id)).CallThemselves("", language, Theme.Dark));
        return person;
    }

    /// <summary>Says which language it was asked in.</summary>
    private sealed class Echo : IStringLocalizer<Words>
    {
        public LocalizedString this[string name] => new(name, Say(name));

        public LocalizedString this[string name, params object[] arguments] =>
            new(name, string.Format(CultureInfo.InvariantCulture, Say(name), arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];

        private static string Say(string name)
        {
            var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            return language == "en" ? name : $"{language}: {name}";
        }
    }
}
