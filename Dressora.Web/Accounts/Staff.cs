using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public abstract record Invited
{
    private Invited()
    {
    }

    /// <summary>The account is there; its path, behind the site's address, lets the person choose a password once.</summary>
    public sealed record Ready(long UserId, string Path) : Invited;

    public sealed record AlreadyThere(long UserId) : Invited;

    /// <summary>There was an account, and it has the role now. Its password stays its person's own.</summary>
    public sealed record Promoted(long UserId) : Invited;

    public sealed record BadAddress : Invited;
}

/// <summary>What admins do to accounts. Every verb leaves its line in the audit list.</summary>
public sealed class Staff(Database database, Letters letters, Passwords passwords)
{
    public Task<bool> HasOwnerAsync() => database.AnyAsync($"SELECT 1 FROM users WHERE role = 'Owner' LIMIT 1");

    /// <summary>The first person of a new house; null when there is one already, or the words for what is wrong.</summary>
    public async Task<long?> FoundAsync(string name, Address address, string password)
    {
        var hash = passwords.Hash(password);
        return await database.WriteAsync<long?>(async write =>
        {
            await write.HoldAsync("owner");
            if (await write.Db.Users.AnyAsync(user => user.Role == Role.Owner))
                return null;
            var person = await HeldPerson.ByAddressAsync(write, address);
            if (person is not null)
                await Sessions.EndAllAsync(write, person.Id);
            else
                write.Db.Users.Add(person = new AppUser(address.Email, address.Normalized, write.Now));
            person.SetPassword(hash);
            person.Confirm();
            person.CallThemselves(name, "en", Theme.System);
            person.Promote(Role.Owner);
            await write.SaveAsync();
            write.Audit(person.Id, "found", $"person {person.Id}", "owner, by the setup key");
            return person.Id;
        });
    }

    public async Task<Invited> InviteAsync(string email, string name, Role role, long actorId)
    {
        if (Address.Read(email) is not { } address)
            return new Invited.BadAddress();
        return await database.WriteAsync<Invited>(async write =>
        {
            var person = await HeldPerson.ByAddressAsync(write, address);
            if (person is { EmailConfirmed: true })
                return await PromoteAsync(write, person, role, actorId);
            if (person is null)
                write.Db.Users.Add(person = new AppUser(address.Email, address.Normalized, write.Now));
            if (name.Length > 0)
                person.CallThemselves(name, person.Language, person.Theme);
            if (role > person.Role)
                person.Promote(role);
            await write.SaveAsync();
            var code = await MailedCodes.ReplaceAsync(write, person.Id, CodePurpose.Reset, person.Email!);
            letters.Invite(write, person, code);
            write.Audit(actorId, "invite", $"person {person.Id}", role.ToString());
            return new Invited.Ready(person.Id, $"/account/new-password?code={code}");
        });
    }

    /// <summary>Signed out everywhere, and not let in again.</summary>
    public Task<bool> SuspendAsync(long userId, long actorId, string reason) => database.WriteAsync(async write =>
    {
        var person = await HeldPerson.FindAsync(write, userId);
        if (person is null || person.Id == actorId || !person.Suspend(write.Now))
            return false;
        await Sessions.EndAllAsync(write, userId);
        await MailedCodes.RevokeAllAsync(write, userId);
        write.Audit(actorId, "suspend", $"person {userId}", reason);
        return true;
    });

    public Task<bool> RestoreAsync(long userId, long actorId) => database.WriteAsync(async write =>
    {
        var person = await HeldPerson.FindAsync(write, userId);
        if (person is null || !person.Restore())
            return false;
        write.Audit(actorId, "restore", $"person {userId}");
        return true;
    });

    /// <summary>For a server that sends no mail: the admin vouches for the address.</summary>
    public Task<bool> ConfirmAsync(long userId, long actorId) => database.WriteAsync(async write =>
    {
        var person = await HeldPerson.FindAsync(write, userId);
        if (person is null or { EmailConfirmed: true })
            return false;
        person.Confirm();
        write.Audit(actorId, "confirm", $"person {userId}");
        return true;
    });

    /// <summary>Every device of that person has to sign in again.</summary>
    public Task SignOutAsync(long userId, long actorId) => database.WriteAsync(async write =>
    {
        await Sessions.EndAllAsync(write, userId);
        write.Audit(actorId, "sign out", $"person {userId}");
    });

    /// <summary>Only the owner makes admins and unmakes them; nobody unmakes the owner.</summary>
    public Task<bool> ChangeRoleAsync(long userId, Role role, long actorId) => database.WriteAsync(async write =>
    {
        var actor = await write.Db.Users.SingleAsync(user => user.Id == actorId);
        var person = await HeldPerson.FindAsync(write, userId);
        if (actor.Role != Role.Owner || person is null or { Role: Role.Owner } || role == Role.Owner || person.Role == role)
            return false;
        person.Promote(role);
        await Sessions.EndAllAsync(write, userId);
        write.Audit(actorId, "change role", $"person {userId}", role.ToString());
        return true;
    });

    private static async Task<Invited> PromoteAsync(Write write, AppUser person, Role role, long actorId)
    {
        if (role <= person.Role)
            return new Invited.AlreadyThere(person.Id);
        person.Promote(role);
        await Sessions.EndAllAsync(write, person.Id);
        write.Audit(actorId, "change role", $"person {person.Id}", role.ToString());
        return new Invited.Promoted(person.Id);
    }
}
