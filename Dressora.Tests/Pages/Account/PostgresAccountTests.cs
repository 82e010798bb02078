using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

/// <summary>The flows that touch the database most, on the other engine.</summary>
[Trait("needs", "postgres")]
public sealed class PostgresAccountTests : IAsyncLifetime
{
    private const string Email = "noor@example.org";
    private Site _site = null!;
    private PlainBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync(Engine.Postgres);
        _browser = _site.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_becomes_a_person_goes_out_and_comes_back()
    {
        var page = await _browser.GetAsync("/account/new");
        _site.Clock.Advance(TimeSpan.FromSeconds(9));
        await _browser.SubmitAsync(
            page, "form[data-puzzle]", new { Form_Email = Email, Form_Password = Make.Password, Form_Sum = Make.SumIn(page) });
        var confirm = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));
        await _browser.SubmitAsync(confirm, "main form", new { Password = Make.Password });
        var profile = await _browser.GetAsync("/account");
        await _browser.SubmitAsync(profile, "form[action='/account']", new { Form_Name = "Aśha 😀", Form_Language = "hi" });

        await _browser.SubmitAsync(await _browser.GetAsync("/account/sign-out"), "form[action='/account/sign-out']");
        Assert.NotNull((await _browser.GetAsync("/account")).Location);
        await _browser.TrySignInAsync(Email);

        Assert.Equal("Aśha 😀", (await _browser.GetAsync("/account")).Heading);
        Assert.Equal(1, (await _browser.GetAsync("/account/sessions")).Document.QuerySelectorAll("main li.entry").Length);
    }

    [Fact]
    public async Task A_reset_ends_every_session()
    {
        var person = await _site.PersonAsync(Email);
        using var inside = await _site.EnterAsync(person);
        await _browser.SubmitAsync(await _browser.GetAsync("/account/reset"), "main form", new { Email });

        var form = await _browser.GetAsync(Make.LinkIn(await _site.LetterAsync(Email)));
        Assert.Equal("/account/sign-in", (await _browser.SubmitAsync(form, "main form", new { Password = "seven brass kettles" })).Location);

        Assert.NotNull((await inside.GetAsync("/account")).Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _browser.SubmitAsync(form, "main form", new { Password = "eight tin buckets" })).Status);
    }

    [Fact]
    public async Task A_second_factor_is_set_up_and_its_codes_work_once()
    {
        var person = await _site.PersonAsync(Email);
        using var inside = await _site.EnterAsync(person);
        var page = await inside.GetAsync("/account/authenticator");
        var done = await inside.SubmitAsync(page, "form[action='/account/authenticator']", new { Code = _site.CodeFor(KeyIn(page)) });
        var recovery = done.Find(".codes li").TextContent.Trim();

        var factors = _site.Services.GetRequiredService<Factors>();

        Assert.IsType<Proof.Wrong>(await factors.TakeAsync(person.Id, _site.CodeFor(KeyIn(page))));
        Assert.IsType<Proof.Shown>(await factors.TakeAsync(person.Id, recovery));
        Assert.IsType<Proof.Wrong>(await factors.TakeAsync(person.Id, recovery));
    }

    [Fact]
    public async Task A_passkey_is_made_and_signs_in()
    {
        using var key = new SoftPasskey();
        using var inside = await _site.EnterAsync(await _site.PersonAsync(Email));
        var page = await inside.GetAsync("/account/passkeys");
        var made = key.Make(await AskAsync(inside, page, "/account/passkeys/options"));
        await inside.SubmitAsync(page, "form[data-passkey=create]", new { credential = made });

        var signIn = await _browser.GetAsync("/account/sign-in");
        var shown = key.Show(await AskAsync(_browser, signIn, "/account/sign-in/passkey/options"));

        Assert.Equal("/studio", (await _browser.SubmitAsync(signIn, "form[data-passkey=get]", new { Credential = shown })).Location);
        Assert.Equal(1u, (await _site.ReadAsync(db => db.UserPasskeys.SingleAsync())).Data.SignCount);
    }

    [Fact]
    public async Task An_account_is_deleted_with_all_that_hangs_on_it()
    {
        var person = await _site.PersonAsync(Email);
        using var inside = await _site.EnterAsync(person);
        await _site.GiveTotpAsync(person);
        await _site.Services.GetRequiredService<Factors>().RenewCodesAsync(person.Id);
        await _site.Database.WriteAsync(async write =>
            (await write.Db.Users.SingleAsync()).AskDeletion(write.Now - AppUser.DeletionGrace));

        Assert.Equal(1, await _site.Services.GetRequiredService<Departures>().SweepAsync());

        Assert.Equal(0, await _site.ReadAsync(async db =>
            await db.Users.CountAsync() + await db.Sessions.CountAsync() + await db.RecoveryCodes.CountAsync() + await db.Mails.CountAsync()));
        Assert.NotNull((await inside.GetAsync("/account")).Location);
    }

    private static async Task<string> AskAsync(PlainBrowser browser, Answer page, string path)
    {
        var token = page.Find("form[data-passkey] input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        return (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form })).Text;
    }
}
