using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;

namespace Dressora.Web.Accounts;

public abstract record NewPassword
{
    private NewPassword()
    {
    }

    public sealed record Set : NewPassword;

    public sealed record Bad(PasswordFault Why) : NewPassword;

    public sealed record DeadLink : NewPassword;
}

/// <summary>Back in by a letter, when the password is gone.</summary>
public sealed class Recovery(Database database, Passwords passwords, Letters letters, RateGate gate, TimeProvider clock)
{
    /// <summary>Known or not, one commit and the same answer: null, or how long to wait when asked too often.</summary>
    public async Task<TimeSpan?> AskAsync(string? email)
    {
        var address = Address.Read(email);
        if (address is not null && gate.Take(RateRules.Reset, address.Normalized) is { } wait)
            return wait;
        await database.WriteAsync(async write =>
        {
            var person = address is null ? null : await HeldPerson.ByAddressAsync(write, address);
            if (person is null or { SuspendedAt: not null })
                write.Db.SpentPuzzles.Add(new SpentPuzzle(Guid.NewGuid().ToString("N"), write.Now));
            else
                letters.Reset(write, person, await MailedCodes.ReplaceAsync(write, person.Id, CodePurpose.Reset, person.Email!));
        });
        return null;
    }

    public async Task<bool> IsAliveAsync(string? code) => await PeekAsync(code) is not null;

    /// <summary>The letter also proves the address. Every session ends: whoever had the old password is out.</summary>
    public async Task<NewPassword> SetAsync(string? code, string password)
    {
        if (await PeekAsync(code) is not { } seen)
            return new NewPassword.DeadLink();
        if (PasswordRules.FaultIn(password, seen.Email!) is { } fault)
            return new NewPassword.Bad(fault);
        var hash = passwords.Hash(password);
        return await database.WriteAsync<NewPassword>(async write =>
        {
            if (await MailedCodes.FindAsync(write, code, CodePurpose.Reset) is not var (mailed, person))
                return new NewPassword.DeadLink();
            mailed.Use(write.Now);
            await write.SaveAsync();
            await MailedCodes.RevokeAllAsync(write, person.Id);
            person.SetPassword(hash);
            person.Confirm();
            await Sessions.EndAllAsync(write, person.Id);
            letters.Changed(write, person, "The password of your account at {0} was changed by a link in a letter.");
            return new NewPassword.Set();
        });
    }

    private async Task<AppUser?> PeekAsync(string? code)
    {
        using var reader = database.OpenReader();
        return await MailedCodes.PeekAsync(reader, code, CodePurpose.Reset, clock.GetUtcNow());
    }
}
