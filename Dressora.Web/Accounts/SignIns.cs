using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public abstract record SignIn
{
    private SignIn()
    {
    }

    /// <summary>The stamp says which password counted; a session opens only while it still does.</summary>
    public sealed record Welcome(long UserId, string Stamp) : SignIn;

    /// <summary>The way in was right; a code from the authenticator is still asked for.</summary>
    public sealed record NeedsFactor(long UserId, string Stamp) : SignIn;

    /// <summary>The password was right, the address never confirmed: a new letter is on its way.</summary>
    public sealed record Unconfirmed : SignIn;

    public sealed record Suspended : SignIn;

    /// <summary>No such account or not its password: nobody learns which.</summary>
    public sealed record Wrong : SignIn;

    public sealed record TooOften(TimeSpan Wait) : SignIn;
}

/// <summary>Who is at the door. Opening the session is the next step, and another's.</summary>
public sealed class SignIns(Database database, Passwords passwords, SignUps signUps, RateGate gate)
{
    public async Task<SignIn> WithPasswordAsync(string? email, string password)
    {
        var address = Address.Read(email);
        if (address is not null && gate.Take(RateRules.SignIn, address.Normalized) is { } wait)
            return new SignIn.TooOften(wait);
        var person = await FindAsync(address);
        if (!passwords.Matches(person, password, out var isOld) || person is null)
            return new SignIn.Wrong();
        if (isOld)
            await RehashAsync(person, password);
        if (person.SuspendedAt is not null)
            return new SignIn.Suspended();
        if (person.EmailConfirmed)
            return Welcome(person, factorShown: false);
        await signUps.RemindAsync(person);
        return new SignIn.Unconfirmed();
    }

    /// <summary>For a passkey or a provider's answer: the way in was shown, the rest still counts.</summary>
    public async Task<SignIn> AsAsync(long userId, bool factorShown)
    {
        using var reader = database.OpenReader();
        var person = await reader.Users.SingleOrDefaultAsync(user => user.Id == userId);
        return person switch
        {
            null or { EmailConfirmed: false } => new SignIn.Wrong(),
            { SuspendedAt: not null } => new SignIn.Suspended(),
            _ => Welcome(person, factorShown),
        };
    }

    /// <summary>A person who is signed in shows once more who they are.</summary>
    public async Task<Proof> ShowPasswordAsync(long userId, string password)
    {
        if (gate.Take(RateRules.SignIn, $"password {userId}") is { } wait)
            return new Proof.TooOften(wait);
        using var reader = database.OpenReader();
        var person = await reader.Users.SingleOrDefaultAsync(user => user.Id == userId);
        return passwords.Matches(person, password, out _) ? new Proof.Shown() : new Proof.Wrong();
    }

    private static SignIn Welcome(AppUser person, bool factorShown) => factorShown || person.TotpKey is null
        ? new SignIn.Welcome(person.Id, person.SecurityStamp!)
        : new SignIn.NeedsFactor(person.Id, person.SecurityStamp!);

    private async Task<AppUser?> FindAsync(Address? address)
    {
        if (address is null)
            return null;
        using var reader = database.OpenReader();
        return await reader.Users.SingleOrDefaultAsync(user => user.NormalizedEmail == address.Normalized);
    }

    /// <summary>Unless another password was chosen while this one was checked.</summary>
    private Task RehashAsync(AppUser seen, string password)
    {
        var hash = passwords.Hash(password);
        return database.WriteAsync(async write =>
        {
            if (await HeldPerson.FindAsync(write, seen.Id) is { } person && person.PasswordHash == seen.PasswordHash)
                person.Rehash(hash);
        });
    }
}
