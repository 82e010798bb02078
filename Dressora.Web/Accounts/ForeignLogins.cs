using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>Who a provider says somebody is. The label is what people call the provider.</summary>
public sealed record ForeignPerson(string Provider, string Label, string Key, string? Email, bool IsEmailProven, string Name);

public abstract record ForeignSignIn
{
    private ForeignSignIn()
    {
    }

    public sealed record Known(long UserId) : ForeignSignIn;

    /// <summary>A new account, or the one a signed-in person connected just now.</summary>
    public sealed record Joined(long UserId) : ForeignSignIn;

    /// <summary>The address has an account that this provider was never connected to: its own way in comes first.</summary>
    public sealed record ConnectFirst : ForeignSignIn;

    /// <summary>The provider gave no address it vouches for.</summary>
    public sealed record NoAddress : ForeignSignIn;

    public sealed record Closed : ForeignSignIn;

    /// <summary>It opens another account here.</summary>
    public sealed record TakenByAnother : ForeignSignIn;
}

/// <summary>Ways in by other companies' accounts.</summary>
public sealed class ForeignLogins(Database database, Letters letters, SignUps signUps)
{
    public Task<ForeignSignIn> ArriveAsync(ForeignPerson foreign) => database.WriteAsync<ForeignSignIn>(async write =>
    {
        if (await FindAsync(write, foreign) is { } login)
            return new ForeignSignIn.Known(login.UserId);
        if (!foreign.IsEmailProven || Address.Read(foreign.Email) is not { } address)
            return new ForeignSignIn.NoAddress();
        var person = await HeldPerson.ByAddressAsync(write, address);
        if (person is { EmailConfirmed: true } or { IsStaff: true })
            return new ForeignSignIn.ConnectFirst();
        if (person is null && !signUps.AreOpen)
            return new ForeignSignIn.Closed();
        person ??= write.Db.Users.Add(new AppUser(address.Email, address.Normalized, write.Now)).Entity;
        person.Arrive(foreign.Name);
        await write.SaveAsync();
        await MailedCodes.RevokeAllAsync(write, person.Id);
        Connect(write, person.Id, foreign);
        return new ForeignSignIn.Joined(person.Id);
    });

    public Task<ForeignSignIn> ConnectAsync(long userId, ForeignPerson foreign) => database.WriteAsync<ForeignSignIn>(async write =>
    {
        if (await FindAsync(write, foreign) is { } login)
            return login.UserId == userId ? new ForeignSignIn.Known(userId) : new ForeignSignIn.TakenByAnother();
        var person = await HeldPerson.OfAsync(write, userId);
        Connect(write, userId, foreign);
        letters.Changed(write, person, "Signing in with {2} was connected to your account at {0}.", foreign.Label);
        return new ForeignSignIn.Joined(userId);
    });

    public async Task<IReadOnlyList<string>> OfAsync(long userId)
    {
        using var reader = database.OpenReader();
        return await reader.UserLogins.Where(login => login.UserId == userId).Select(login => login.LoginProvider).ToListAsync();
    }

    /// <summary>False when it is the last way in.</summary>
    public Task<bool> DisconnectAsync(long userId, string provider, string label) => database.WriteAsync(async write =>
    {
        var person = await HeldPerson.OfAsync(write, userId);
        var logins = await write.Db.UserLogins.Where(login => login.UserId == userId).ToListAsync();
        var going = logins.Where(login => login.LoginProvider == provider).ToList();
        if (going.Count == 0)
            return true;
        if (person.PasswordHash is null && going.Count == logins.Count && !await write.Db.UserPasskeys.AnyAsync(p => p.UserId == userId))
            return false;
        write.Db.UserLogins.RemoveRange(going);
        letters.Changed(write, person, "Signing in with {2} was removed from your account at {0}.", label);
        return true;
    });

    private static async Task<IdentityUserLogin<long>?> FindAsync(Write write, ForeignPerson foreign)
    {
        await write.HoldAsync($"login {foreign.Provider} {foreign.Key}");
        return await write.Db.UserLogins.SingleOrDefaultAsync(l => l.LoginProvider == foreign.Provider && l.ProviderKey == foreign.Key);
    }

    private static void Connect(Write write, long userId, ForeignPerson foreign) =>
        write.Db.UserLogins.Add(new()
        {
            LoginProvider = foreign.Provider,
            ProviderKey = foreign.Key,
            ProviderDisplayName = foreign.Provider,
            UserId = userId,
        });
}
