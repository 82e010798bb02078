using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public sealed record PasskeyLine(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>What the browser is asked, and our sealed memory of having asked it.</summary>
public sealed record PasskeyQuestion(string Json, string Memory);

/// <summary>Passkeys: made, used, named, removed. The framework speaks WebAuthn; this decides what follows.</summary>
public sealed class Passkeys(
    IPasskeyHandler<AppUser> handler,
    Database database,
    Letters letters,
    PasskeyMemories memories)
{
    public const int NameMax = 60;
    private const int OfOnePersonMax = 20;
    private const string Using = "use";

    public async Task<PasskeyQuestion> AskNewAsync(SignedIn person, HttpContext http)
    {
        var entity = new PasskeyUserEntity
        {
            Id = person.UserId.ToString(CultureInfo.InvariantCulture),
            Name = person.Email,
            DisplayName = person.Name.Length > 0 ? person.Name : person.Email,
        };
        var options = await handler.MakeCreationOptionsAsync(entity, http);
        return new(options.CreationOptionsJson, memories.Seal(Making(person.UserId), options.AttestationState));
    }

    public async Task<PasskeyQuestion> AskKnownAsync(HttpContext http)
    {
        var options = await handler.MakeRequestOptionsAsync(null, http);
        return new(options.RequestOptionsJson, memories.Seal(Using, options.AssertionState));
    }

    public async Task<bool> AddAsync(SignedIn signedIn, string? credential, string? memory, string name, HttpContext http)
    {
        if (memories.Open(Making(signedIn.UserId), memory) is not { } question || string.IsNullOrEmpty(credential))
            return false;
        var result = await handler.PerformAttestationAsync(
            new() { HttpContext = http, CredentialJson = credential, AttestationState = question.State });
        return result.Succeeded && await database.WriteAsync(async write =>
        {
            var person = await HeldPerson.OfAsync(write, signedIn.UserId);
            var id = result.Passkey.CredentialId;
            await write.HoldAsync($"passkey {Convert.ToHexStringLower(id)}");
            if (!await PasskeyMemories.SpendAsync(write, question)
                || await write.Db.UserPasskeys.CountAsync(passkey => passkey.UserId == person.Id) >= OfOnePersonMax
                || await write.Db.UserPasskeys.AnyAsync(passkey => passkey.CredentialId == id))
                return false;
            write.Db.UserPasskeys.Add(Kept(person.Id, result.Passkey, name, write.Now));
            letters.Changed(write, person, "A passkey was added to your account at {0}.");
            return true;
        });
    }

    /// <summary>Whose passkey answered, or null. An answer counts once.</summary>
    public async Task<long?> CheckAsync(string? credential, string? memory, HttpContext http)
    {
        if (memories.Open(Using, memory) is not { } question || string.IsNullOrEmpty(credential))
            return null;
        var result = await handler.PerformAssertionAsync(
            new() { HttpContext = http, CredentialJson = credential, AssertionState = question.State });
        return !result.Succeeded ? null : await database.WriteAsync<long?>(async write =>
        {
            var (id, userId) = (result.Passkey.CredentialId, result.User.Id);
            if (!await PasskeyMemories.SpendAsync(write, question)
                || await write.Db.UserPasskeys.SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == id) is not { } passkey)
                return null;
            passkey.Data.SignCount = result.Passkey.SignCount;
            passkey.Data.IsBackedUp = result.Passkey.IsBackedUp;
            passkey.Data.IsUserVerified = result.Passkey.IsUserVerified;
            return userId;
        });
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
        passkey.Data.Name = Label.Tidy(name, NameMax);
        return true;
    });

    public Task<bool> RemoveAsync(long userId, string id) => database.WriteAsync(async write =>
    {
        if (await FindAsync(write, userId, id) is not { } passkey)
            return false;
        write.Db.UserPasskeys.Remove(passkey);
        letters.Changed(
            write,
            await HeldPerson.OfAsync(write, userId),
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

    private static string Making(long userId) => $"make {userId}";

    /// <summary>Written here and not by Identity's manager, which would save the whole person as it read them before.</summary>
    private static IdentityUserPasskey<long> Kept(long userId, UserPasskeyInfo passkey, string name, DateTimeOffset now) => new()
    {
        UserId = userId,
        CredentialId = passkey.CredentialId,
        Data = new()
        {
            Name = Label.Tidy(name, NameMax),
            CreatedAt = now,
            PublicKey = passkey.PublicKey,
            SignCount = passkey.SignCount,
            Transports = passkey.Transports,
            IsUserVerified = passkey.IsUserVerified,
            IsBackupEligible = passkey.IsBackupEligible,
            IsBackedUp = passkey.IsBackedUp,
            AttestationObject = passkey.AttestationObject,
            ClientDataJson = passkey.ClientDataJson,
        },
    };
}
