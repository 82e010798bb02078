using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>Who a provider says somebody is.</summary>
public sealed record ForeignPerson(string Provider, string Key, string? Email, bool IsEmailProven, string Name);

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
        if (await write.Db.Users.AnyAsync(user => user.NormalizedEmail == address.Normalized))
            return new ForeignSignIn.ConnectFirst();
        if (!signUps.AreOpen)
            return new ForeignSignIn.Closed();
        var person = new AppUser(address.Email, address.Normalized, write.Now);
        person.Confirm();
        var name = foreign.Name.Length > AppUser.NameMax ? foreign.Name[..AppUser.NameMax] : foreign.Name;
        person.CallThemselves(name, person.Language, person.Theme);
        write.Db.Users.Add(person);
        await write.SaveAsync();
        Connect(write, person.Id, foreign);
        return new ForeignSignIn.Joined(person.Id);
    });

    public Task<ForeignSignIn> ConnectAsync(long userId, ForeignPerson foreign) => database.WriteAsync<ForeignSignIn>(async write =>
    {
        if (await FindAsync(write, foreign) is { } login)
            return login.UserId == userId ? new ForeignSignIn.Known(userId) : new ForeignSignIn.TakenByAnother();
        Connect(write, userId, foreign);
        letters.Changed(
            write,
            await write.Db.Users.SingleAsync(user => user.Id == userId),
            $"Signing in with {foreign.Provider} was connected to your account at {{0}}.");
        return new ForeignSignIn.Joined(userId);
    });

    public async Task<IReadOnlyList<string>> OfAsync(long userId)
    {
        using var reader = database.OpenReader();
        return await reader.UserLogins.Where(login => login.UserId == userId).Select(login => login.LoginProvider).ToListAsync();
    }

    /// <summary>False when it is the last way in.</summary>
    public Task<bool> DisconnectAsync(long userId, string provider) => database.WriteAsync(async write =>
    {
        var person = await write.Db.Users.SingleAsync(user => user.Id == userId);
        var logins = await write.Db.UserLogins.Where(login => login.UserId == userId).ToListAsync();
        var others = logins.Count(login => login.LoginProvider != provider);
        if (person.PasswordHash is null && others == 0 && !await write.Db.UserPasskeys.AnyAsync(p => p.UserId == userId))
            return false;
        write.Db.UserLogins.RemoveRange(logins.Where(login => login.LoginProvider == provider));
        letters.Changed(write, person, $"Signing in with {provider} was removed from your account at {{0}}.");
        return true;
    });

    private static Task<IdentityUserLogin<long>?> FindAsync(Write write, ForeignPerson foreign) =>
        write.Db.UserLogins.SingleOrDefaultAsync(l => l.LoginProvider == foreign.Provider && l.ProviderKey == foreign.Key);

    private static void Connect(Write write, long userId, ForeignPerson foreign) =>
        write.Db.UserLogins.Add(new()
        {
            LoginProvider = foreign.Provider,
            ProviderKey = foreign.Key,
            ProviderDisplayName = foreign.Provider,
            UserId = userId,
        });
}
