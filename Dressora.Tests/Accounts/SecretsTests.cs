using System.Net;
using Dressora.Tests.Harness;
using Dressora.Tests.Pages.Account;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Accounts;

/// <summary>Where passwords, codes and keys must not be found.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task Logs_hold_no_password_code_address_or_cookie()
    {
        await using var box = SmtpBox.Open();
        await using var site = await Site.ListenAsync(adjust: KeepLogs, settings: box.Settings);
        var person = await site.PersonAsync("canary@example.org");
        var key = await site.GiveTotpAsync(person);
        var recovery = (await site.Services.GetRequiredService<Factors>().RenewCodesAsync(person.Id))[0];
        using var browser = site.NewBrowser();
        await browser.SubmitAsync(await browser.GetAsync("/account/reset"), "main form", new { person.Email });
        var link = await LinkAsync(box, "new-password");
        await browser.SubmitAsync(await browser.GetAsync(link), "main form", new { Password = "canary in a brass cage" });
        var step = await browser.FollowAsync(await browser.TrySignInAsync(person.Email!, "canary in a brass cage"));
        await browser.SubmitAsync(step, "form[action='/account/second-step']", new { Code = recovery });
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
        await browser.GetAsync("/account/move?code=canarycode");
        await browser.GetAsync("/account/sign-in?returnTo=/account/confirm?code=canarycode");

        string[] secrets =
            ["canary", link.Split('=')[1], recovery, Totp.Spell(key), browser.Cookies["session"]!, Convert.ToHexString(key)];

        var log = ReadLogs(site);
        Assert.Contains("POST /account/second-step", log, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_database_holds_no_secret_that_opens_an_account()
    {
        await using var site = await Site.StartAsync();
        var person = await site.PersonAsync();
        var key = await site.GiveTotpAsync(person);
        var codes = await site.Services.GetRequiredService<Factors>().RenewCodesAsync(person.Id);
        using var browser = await site.EnterAsync(person);

        var bytes = string.Concat(Directory.GetFiles(site.Folder.Root, "dressora.db*")
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
            .Select(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
                return reader.ReadToEnd();
            }));

        Assert.Contains(person.Email!, bytes, StringComparison.Ordinal);
        Assert.All(
            [Make.Password, codes[0], codes[0].Replace("-", "", StringComparison.Ordinal), Totp.Spell(key), Convert.ToHexString(key)],
            secret => Assert.DoesNotContain(secret, bytes, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Keys_are_readable_by_nobody_else_and_outlive_a_restart()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.EnterAsync(await site.PersonAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.NotEmpty(Directory.GetFiles(site.Folder.Keys, "key-*.xml"));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(site.Folder.Keys) & others);
    }

    /// <summary>The product's own log in place of the harness's: what is judged is what an owner's disk would hold.</summary>
    private static void KeepLogs(WebApplicationBuilder builder) =>
        builder.Logging.AddLogs(new OpenedHouse(builder, new DataFolder(builder.Configuration["Data"]!)));

    private static string ReadLogs(Site site) => string.Concat(Directory.GetFiles(site.Folder.Logs).Select(file =>
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }));

    private static async Task<string> LinkAsync(SmtpBox box, string page)
    {
        while (true)
        {
            foreach (var letter in box.Letters)
            {
                var body = letter[(letter.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].ReplaceLineEndings("");
                var text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body));
                if (text.Contains(page, StringComparison.Ordinal))
                    return new Uri(text.Split().First(word => word.Contains(page, StringComparison.Ordinal))).PathAndQuery;
            }

            await Task.Delay(20);
        }
    }
}
