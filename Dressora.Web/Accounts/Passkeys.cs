using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public sealed record PasskeyLine(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>What the browser is asked, and our sealed memory of having asked it.</summary>
public sealed record PasskeyQuestion(string Json, string Memory);

/// <summary>Passkeys: made, used, named, removed. The framework speaks WebAuthn; this decides what follows.</summary>
public sealed class Passkeys(
    IPasskeyHandler<AppUser> handler,
    UserManager<AppUser> people,
    Database database,
    Letters letters,
    IDataProtectionProvider protection)
{
    public const int NameMax = 60;
    private const int OfOnePersonMax = 20;
    private static readonly TimeSpan MemoryMax = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _seal =
        protection.CreateProtector("Dressora.Passkey.v1").ToTimeLimitedDataProtector();

    public async Task<PasskeyQuestion> AskNewAsync(SignedIn person, HttpContext http)
    {
        var entity = new PasskeyUserEntity
        {
            Id = person.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = person.Email,
            DisplayName = person.Name.Length > 0 ? person.Name : person.Email,
        };
        var options = await handler.MakeCreationOptionsAsync(entity, http);
        return new(options.CreationOptionsJson, Seal(options.AttestationState));
    }

    public async Task<PasskeyQuestion> AskKnownAsync(HttpContext http)
    {
        var options = await handler.MakeRequestOptionsAsync(null, http);
        return new(options.RequestOptionsJson, Seal(options.AssertionState));
    }

    public async Task<bool> AddAsync(SignedIn signedIn, string? credential, string? memory, string name, HttpContext http)
    {
        if (Open(memory) is not { } state || string.IsNullOrEmpty(credential))
            return false;
        var result = await handler.PerformAttestationAsync(
            new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        var person = await people.FindByIdAsync(signedIn.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!result.Succeeded || person is null || (await people.GetPasskeysAsync(person)).Count >= OfOnePersonMax)
            return false;
        result.Passkey.Name = name;
        if (!(await people.AddOrUpdatePasskeyAsync(person, result.Passkey)).Succeeded)
            return false;
        await TellAsync(person.Id, "A passkey was added to your account at {0}.");
        return true;
    }

    /// <summary>Whose passkey answered, or null.</summary>
    public async Task<long?> CheckAsync(string? credential, string? memory, HttpContext http)
    {
        if (Open(memory) is not { } state || string.IsNullOrEmpty(credential))
            return null;
        var result = await handler.PerformAssertionAsync(
            new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
            return null;
        await people.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User.Id;
    }

    public async Task<IReadOnlyList<PasskeyLine>> OfAsync(long userId)
    {
        using var reader = database.OpenReader();
        var rows = await reader.UserPasskeys.Where(passkey => passkey.UserId == userId).ToListAsync();
        return
        [
            .. rows.Select(row => new PasskeyLine(Convert.ToHexStringLower(row.CredentialId), row.Data.Name ?? "", row.Data.CreatedAt))
                .OrderBy(line => line.CreatedAt),
        ];
    }

    public Task<bool> RenameAsync(long userId, string id, string name) => database.WriteAsync(async write =>
    {
        if (await FindAsync(write, userId, id) is not { } passkey)
            return false;
        passkey.Data.Name = name;
        return true;
    });

    public Task<bool> RemoveAsync(long userId, string id) => database.WriteAsync(async write =>
    {
        if (await FindAsync(write, userId, id) is not { } passkey)
            return false;
        write.Db.UserPasskeys.Remove(passkey);
        letters.Changed(
            write,
            await write.Db.Users.SingleAsync(user => user.Id == userId),
            "A passkey was removed from your account at {0}.");
        return true;
    });

    private static async Task<IdentityUserPasskey<long>?> FindAsync(Write write, long userId, string id)
    {
        if (id.Length is 0 or > 2_048 || id.Length % 2 != 0 || !id.All(char.IsAsciiHexDigit))
            return null;
        var credential = Convert.FromHexString(id);
        return await write.Db.UserPasskeys.SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == credential);
    }

    private Task TellAsync(long userId, string what) => database.WriteAsync(async write =>
        letters.Changed(write, await write.Db.Users.SingleAsync(user => user.Id == userId), what));

    private string Seal(string? state) => _seal.Protect(state ?? "", MemoryMax);

    private string? Open(string? memory)
    {
        try
        {
            return string.IsNullOrEmpty(memory) ? null : _seal.Unprotect(memory);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
