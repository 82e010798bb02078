using Dressora.Tests.Harness;
using Dressora.Tests.Pages.Account;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Dressora.Tests.Pages.Account.AccountSteps;

namespace Dressora.Tests.Accounts;

/// <summary>What admins do to accounts, each with its line in the audit list.</summary>
public sealed class StaffTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const long Actor = 77;

    private Site Site => shared.Site;
    private Staff Staff => Site.Services.GetRequiredService<Staff>();

    [Fact]
    public async Task Suspending_and_restoring_leave_a_line_each_and_work_once()
    {
        var person = await Site.PersonAsync(NewEmail());

        Assert.True(await Staff.SuspendAsync(person.Id, Actor, "spam"));
        Assert.False(await Staff.SuspendAsync(person.Id, Actor, "spam"));
        Assert.True(await Staff.RestoreAsync(person.Id, Actor));
        Assert.False(await Staff.RestoreAsync(person.Id, Actor));

        Assert.Equal(["suspend: spam", "restore: "], await LinesAsync(person));
    }

    [Fact]
    public async Task Nobody_suspends_themselves_the_owner_or_somebody_who_is_not_there()
    {
        var (admin, owner) = (await Site.PersonAsync(NewEmail(), Role.Admin), await Site.PersonAsync(NewEmail(), Role.Owner));

        Assert.False(await Staff.SuspendAsync(admin.Id, admin.Id, "oops"));
        Assert.False(await Staff.SuspendAsync(owner.Id, admin.Id, "coup"));
        Assert.False(await Staff.SuspendAsync(long.MaxValue, admin.Id, "ghost"));

        Assert.Empty(await LinesAsync(owner));
    }

    [Fact]
    public async Task A_suspension_kills_the_letters_that_are_out()
    {
        var person = await Site.PersonAsync(NewEmail());
        await Site.Services.GetRequiredService<Recovery>().AskAsync(person.Email);

        await Staff.SuspendAsync(person.Id, Actor, "spam");

        Assert.Equal(0, await Site.ReadAsync(db => db.MailedCodes.CountAsync(code => code.UserId == person.Id)));
    }

    [Fact]
    public async Task An_admin_vouches_for_an_address_once()
    {
        var person = await Site.PersonAsync(NewEmail(), confirmed: false);

        Assert.True(await Staff.ConfirmAsync(person.Id, Actor));
        Assert.False(await Staff.ConfirmAsync(person.Id, Actor));

        Assert.True((await Site.ReadAsync(person)).EmailConfirmed);
        Assert.Equal(["confirm: "], await LinesAsync(person));
    }

    [Fact]
    public async Task An_invitation_makes_an_account_that_its_letter_opens()
    {
        var email = NewEmail();

        var ready = Assert.IsType<Invited.Ready>(await Staff.InviteAsync(email, "Noor", Role.Admin, Actor));

        var person = await Site.ReadAsync(db => db.Users.SingleAsync(user => user.Email == email));
        Assert.Equal((ready.UserId, "Noor", Role.Admin, false), (person.Id, person.Name, person.Role, person.EmailConfirmed));
        Assert.Equal(ready.Path, Make.LinkIn(await Site.LetterAsync(email)));
        Assert.Equal(["invite: Admin"], await LinesAsync(person));
    }

    [Fact]
    public async Task An_invitation_hands_nobody_the_key_to_an_account_that_is_there()
    {
        var person = await Site.PersonAsync(NewEmail());

        Assert.Equal(new Invited.AlreadyThere(person.Id), await Staff.InviteAsync(person.Email!, "", Role.Person, Actor));
        Assert.Equal(new Invited.Promoted(person.Id), await Staff.InviteAsync(person.Email!, "", Role.Admin, Actor));

        Assert.Equal(0, await Site.LettersAsync(person.Email!));
        Assert.Equal(0, await Site.ReadAsync(db => db.MailedCodes.CountAsync(code => code.UserId == person.Id)));
        Assert.Equal(["change role: Admin"], await LinesAsync(person));
        Assert.Equal(Role.Admin, (await Site.ReadAsync(person)).Role);
    }

    [Fact]
    public async Task An_invitation_takes_no_role_away()
    {
        var admin = await Site.PersonAsync(NewEmail(), Role.Admin);

        Assert.Equal(new Invited.AlreadyThere(admin.Id), await Staff.InviteAsync(admin.Email!, "", Role.Person, Actor));

        Assert.Equal(Role.Admin, (await Site.ReadAsync(admin)).Role);
    }

    [Fact]
    public async Task A_new_role_asks_for_a_new_sign_in()
    {
        var owner = await Site.PersonAsync(NewEmail(), Role.Owner);
        var (person, browser) = await Site.InsideAsync();
        using var _ = browser;

        Assert.True(await Staff.ChangeRoleAsync(person.Id, Role.Admin, owner.Id));

        Assert.Empty(await Site.OpenSessionsAsync(person.Id));
        Assert.Equal(["change role: Admin"], await LinesAsync(person));
    }

    [Fact]
    public async Task A_house_is_founded_once_and_by_a_line_in_the_list()
    {
        await using var site = await Site.StartAsync();
        var staff = site.Services.GetRequiredService<Staff>();
        var (early, browser) = await site.InsideAsync();
        using var _ = browser;
        Assert.False(await staff.HasOwnerAsync());

        var owner = await staff.FoundAsync("Asha", Address.Read(early.Email)!, "seven brass kettles");

        Assert.Equal(early.Id, owner);
        Assert.True(await staff.HasOwnerAsync());
        Assert.Null(await staff.FoundAsync("Other", Address.Read("other@example.org")!, Make.Password));
        Assert.Empty(await site.OpenSessionsAsync(early.Id));
        Assert.Equal("found", (await site.ReadAsync(db => db.AuditEntries.SingleAsync())).Action);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET detail = ''")]
    [InlineData("DELETE FROM audit_entries")]
    public async Task The_list_is_never_rewritten(string sql)
    {
        await Site.WriteAsync(write => write.Audit(Actor, "look", "person 1"));

        await Assert.ThrowsAnyAsync<Exception>(() => Site.Database.WriteAsync(write => write.Db.Database.ExecuteSqlRawAsync(sql)));
    }

    private Task<List<string>> LinesAsync(AppUser person) => Site.ReadAsync(db => db.AuditEntries
        .Where(line => line.Subject == $"person {person.Id}").OrderBy(line => line.Id)
        .Select(line => line.Action + ": " + line.Detail).ToListAsync());
}
