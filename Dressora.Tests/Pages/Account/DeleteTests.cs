using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Pages.Account;

public sealed class DeleteTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string Form = "form[action='/account/delete']";
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private Site Site => shared.Site;
    private Departures Departures => Site.Services.GetRequiredService<Departures>();

    [Fact]
    public async Task Leaving_is_slept_over_for_seven_days_and_told_by_letter()
    {
        var (person, here) = await Site.InsideAsync();
        using var _ = here;
        using var there = await Site.EnterAsync(person);

        await here.SubmitAsync(await here.GetAsync("/account/delete"), Form);

        Assert.Equal(Site.Clock.GetUtcNow() + Grace, (await Site.ReadAsync(person)).DeletionDueAt);
        Assert.Contains("will be deleted", (await Site.LetterAsync(person.Email!)).Subject, StringComparison.Ordinal);
        Assert.NotNull((await there.GetAsync("/account")).Location);
        Assert.Contains("to be deleted", (await here.GetAsync("/account")).Text, StringComparison.Ordinal);
        Assert.False((await here.GetAsync("/account/delete")).Has(Form));
    }

    [Fact]
    public async Task Until_then_the_person_signs_in_and_keeps_it()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await browser.SubmitAsync(await browser.GetAsync("/account/delete"), Form);
        Site.Clock.Advance(Grace - TimeSpan.FromMinutes(1));
        await Departures.SweepAsync();
        using var later = Site.NewBrowser();
        await later.TrySignInAsync(person.Email!);

        await later.SubmitAsync(await later.GetAsync("/account/delete"), "form[action='/account/delete/keep']");
        Site.Clock.Advance(TimeSpan.FromDays(30));
        await Departures.SweepAsync();

        Assert.Null((await Site.ReadAsync(person)).DeletionDueAt);
    }

    [Fact]
    public async Task When_the_time_has_come_everything_goes_and_a_line_without_a_name_stays()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        await Site.GiveTotpAsync(person);
        await Site.WriteAsync(write =>
        {
            write.Db.RecoveryCodes.Add(RecoveryCode.Make(person.Id, out var _));
            write.Db.UserLogins.Add(new() { LoginProvider = "google", ProviderKey = $"{person.Id}", UserId = person.Id });
            write.Db.MailedCodes.Add(MailedCode.Make(person.Id, CodePurpose.Reset, person.Email!, write.Now, out var _));
        });
        await LetGraceEndAsync(person);

        Assert.Equal(1, await Departures.SweepAsync());

        Assert.Equal(0, await Site.ReadAsync(async db =>
            await db.Users.CountAsync(u => u.Id == person.Id) + await db.Sessions.CountAsync(s => s.UserId == person.Id)
            + await db.RecoveryCodes.CountAsync(c => c.UserId == person.Id) + await db.UserLogins.CountAsync(l => l.UserId == person.Id)
            + await db.MailedCodes.CountAsync(c => c.UserId == person.Id) + await db.Mails.CountAsync(m => m.Recipient == person.Email)));
        var line = await Site.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Subject == $"person {person.Id}"));
        Assert.Equal(("delete", 0L), (line.Action, line.ActorId));
        Assert.DoesNotContain(person.Email!, line.Detail, StringComparison.Ordinal);
        Assert.NotNull((await browser.GetAsync("/account")).Location);
    }

    [Fact]
    public async Task An_address_that_left_can_be_used_again_by_a_new_number()
    {
        var person = await Site.PersonAsync(NewEmail());
        await LetGraceEndAsync(person);
        await Departures.SweepAsync();

        var again = await Site.PersonAsync(person.Email!);

        Assert.True(again.Id > person.Id);
    }

    [Fact]
    public async Task A_sweep_takes_a_bounded_number_at_a_time()
    {
        for (var i = 0; i < Departures.Step + 1; i++)
            await LetGraceEndAsync(await Site.PersonAsync(NewEmail()));

        Assert.Equal(Departures.Step, await Departures.SweepAsync());
        Assert.Equal(1, await Departures.SweepAsync());
        Assert.Equal(0, await Departures.SweepAsync());
    }

    [Fact]
    public async Task The_owner_cannot_leave_the_house_empty()
    {
        var (owner, browser) = await Site.InsideAsync(Role.Owner);
        using var _ = browser;

        Assert.False((await browser.GetAsync("/account/delete")).Has(Form));
        Assert.False(await Departures.AskAsync(owner.Id, 0));

        Assert.Null((await Site.ReadAsync(owner)).DeletionDueAt);
    }

    [Fact]
    public async Task Leaving_asks_for_a_fresh_proof_and_keeping_does_not()
    {
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;
        Site.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await browser.SubmitAsync(await browser.GetAsync("/account/delete"), Form);

        Assert.Equal("/account/prove?for=proved&returnTo=/account/delete", answer.Location);
        await Departures.AskAsync(person.Id, (await Site.OpenSessionsAsync(person.Id)).Single().Id);
        var kept = await browser.SubmitAsync(await browser.GetAsync("/account/delete"), "form[action='/account/delete/keep']");
        Assert.Equal((HttpStatusCode.SeeOther, "/account/delete"), (kept.Status, kept.Location));
        Assert.Null((await Site.ReadAsync(person)).DeletionDueAt);
    }

    /// <summary>Without moving the clock, which would wake the sweep of the house itself.</summary>
    private Task<bool> LetGraceEndAsync(AppUser person) => Site.Database.WriteAsync(async write =>
        (await write.Db.Users.SingleAsync(user => user.Id == person.Id)).AskDeletion(write.Now - Grace));
}
