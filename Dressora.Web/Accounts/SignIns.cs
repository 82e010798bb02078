using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public abstract record SignIn
{
    private SignIn()
    {
    }

    public sealed record Welcome(long UserId) : SignIn;

    /// <summary>The password was right; a code from the authenticator is still asked for.</summary>
    public sealed record NeedsFactor(long UserId) : SignIn;

    /// <summary>The password was right, the address never confirmed: a new letter is on its way.</summary>
    public sealed record Unconfirmed : SignIn;

    public sealed record Suspended : SignIn;

    /// <summary>No such account or not its password: nobody learns which.</summary>
    public sealed record Wrong : SignIn;
}

/// <summary>Who is at the door. Opening the session is the next step, and another's.</summary>
public sealed class SignIns(Database database, Passwords passwords, SignUps signUps)
{
    public async Task<SignIn> WithPasswordAsync(string? email, string password)
    {
        var person = await FindAsync(email);
        if (!passwords.Matches(person, password, out var isOld))
            return new SignIn.Wrong();
        if (isOld)
            await RehashAsync(person!.Id, password);
        if (person!.SuspendedAt is not null)
            return new SignIn.Suspended();
        if (person.EmailConfirmed)
            return person.TotpKey is null ? new SignIn.Welcome(person.Id) : new SignIn.NeedsFactor(person.Id);
        await signUps.RemindAsync(person.Id);
        return new SignIn.Unconfirmed();
    }

    /// <summary>For a passkey, a provider's answer or a used letter: the way in was shown, the rest still counts.</summary>
    public async Task<SignIn> AsAsync(long userId)
    {
        using var reader = database.OpenReader();
        var person = await reader.Users.SingleOrDefaultAsync(user => user.Id == userId);
        return person switch
        {
            null => new SignIn.Wrong(),
            { SuspendedAt: not null } => new SignIn.Suspended(),
            _ => new SignIn.Welcome(person.Id),
        };
    }

    /// <summary>A person who is signed in shows once more who they are.</summary>
    public async Task<bool> IsPasswordOfAsync(long userId, string password)
    {
        using var reader = database.OpenReader();
        var person = await reader.Users.SingleOrDefaultAsync(user => user.Id == userId);
        return passwords.Matches(person, password, out _);
    }

    private async Task<AppUser?> FindAsync(string? email)
    {
        if (Address.Read(email) is not { } address)
            return null;
        using var reader = database.OpenReader();
        return await reader.Users.SingleOrDefaultAsync(user => user.NormalizedEmail == address.Normalized);
    }

    private Task RehashAsync(long userId, string password)
    {
        var hash = passwords.Hash(password);
        return database.WriteAsync(async write => (await write.Db.Users.SingleAsync(user => user.Id == userId)).Rehash(hash));
    }
}
