using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>An authenticator that is being set up: its key stays in the form until a first code proves it arrived.</summary>
public sealed record NewAuthenticator(string Sealed, string Spelled, string Address);

/// <summary>The second factor: an authenticator app, and ten codes for the day it is lost.</summary>
public sealed class Factors(
    Database database, Letters letters, IDataProtectionProvider protection, RateGate gate, TimeProvider clock)
{
    private const int TypedMax = 40;

    private readonly IDataProtector _seal = protection.CreateProtector("Dressora.Totp.v1");

    public NewAuthenticator Begin(string site, string email) => Describe(Totp.NewKey(), site, email);

    /// <summary>The same key again, after a wrong code; null when the form was not ours.</summary>
    public NewAuthenticator? Again(string? sealedKey, string site, string email) =>
        Open(sealedKey) is { } key ? Describe(key, site, email) : null;

    /// <summary>The recovery codes, shown this once; null when the code was wrong or an app is set up already.</summary>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(long userId, string? sealedKey, string? code)
    {
        if (Open(sealedKey) is not { } key || Totp.StepOf(key, code ?? "", clock.GetUtcNow()) is not { } step)
            return null;
        return await database.WriteAsync<IReadOnlyList<string>?>(async write =>
        {
            var person = await HeldPerson.OfAsync(write, userId);
            if (person.TotpKey is not null)
                return null;
            person.UseTotp(sealedKey!, step);
            letters.Changed(write, person, "An authenticator app was added to your account at {0}.");
            return await NewCodesAsync(write, userId);
        });
    }

    public Task TurnOffAsync(long userId) => database.WriteAsync(async write =>
    {
        var person = await HeldPerson.OfAsync(write, userId);
        person.DropTotp();
        await write.Db.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync();
        letters.Changed(write, person, "The authenticator app was removed from your account at {0}.");
    });

    public Task<IReadOnlyList<string>> RenewCodesAsync(long userId) => database.WriteAsync(async write =>
    {
        letters.Changed(write, await HeldPerson.OfAsync(write, userId), "New recovery codes were made for your account at {0}.");
        return await NewCodesAsync(write, userId);
    });

    /// <summary>Takes a code from the app or from the list; either works once.</summary>
    public async Task<Proof> TakeAsync(long userId, string? typed)
    {
        if (gate.Take(RateRules.SignIn, $"code {userId}") is { } wait)
            return new Proof.TooOften(wait);
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > TypedMax)
            return new Proof.Wrong();
        return await database.WriteAsync(write => TakeAsync(write, userId, typed)) ? new Proof.Shown() : new Proof.Wrong();
    }

    private async Task<bool> TakeAsync(Write write, long userId, string typed)
    {
        if (await HeldPerson.FindAsync(write, userId) is not { } person)
            return false;
        if (Open(person.TotpKey) is { } key && Totp.StepOf(key, typed, write.Now) is { } step)
            return person.TakeTotpStep(step);
        var hash = RecoveryCode.HashOf(typed);
        var code = await write.Db.RecoveryCodes.SingleOrDefaultAsync(c => c.UserId == userId && c.Hash == hash && c.UsedAt == null);
        if (code is null)
            return false;
        code.Use(write.Now);
        letters.Changed(write, person, "A recovery code was used to sign in to your account at {0}.");
        return true;
    }

    private static async Task<IReadOnlyList<string>> NewCodesAsync(Write write, long userId)
    {
        await write.Db.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync();
        var texts = new List<string>(RecoveryCode.Count);
        for (var i = 0; i < RecoveryCode.Count; i++)
        {
            write.Db.RecoveryCodes.Add(RecoveryCode.Make(userId, out var text));
            texts.Add(text);
        }

        return texts;
    }

    private NewAuthenticator Describe(byte[] key, string site, string email) =>
        new(_seal.Protect(Convert.ToHexString(key)), Totp.Spell(key), Totp.Address(site, email, key));

    private byte[]? Open(string? sealedKey)
    {
        if (string.IsNullOrEmpty(sealedKey))
            return null;
        try
        {
            return Convert.FromHexString(_seal.Unprotect(sealedKey));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
