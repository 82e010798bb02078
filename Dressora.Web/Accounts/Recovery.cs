using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public abstract record NewPassword
{
    private NewPassword()
    {
    }

    public sealed record Set(long UserId) : NewPassword;

    public sealed record Bad(PasswordFault Why) : NewPassword;

    public sealed record DeadLink : NewPassword;
}

/// <summary>Back in by a letter, when the password is gone.</summary>
public sealed class Recovery(Database database, Passwords passwords, Letters letters)
{
    /// <summary>Known or not, one commit and the same answer.</summary>
    public async Task AskAsync(string? email)
    {
        var address = Address.Read(email);
        await database.WriteAsync(async write =>
        {
            var person = address is null
                ? null
                : await write.Db.Users.SingleOrDefaultAsync(user => user.NormalizedEmail == address.Normalized);
            if (person is null or { SuspendedAt: not null })
                write.Db.SpentPuzzles.Add(new SpentPuzzle(Guid.NewGuid().ToString("N"), write.Now));
            else
                letters.Reset(write, person, await MailedCodes.ReplaceAsync(write, person.Id, CodePurpose.Reset, person.Email!));
        });
    }

    public async Task<bool> IsAliveAsync(string? code)
    {
        var hash = MailedCode.HashOf(code ?? "");
        using var reader = database.OpenReader();
        var mailed = await reader.MailedCodes.SingleOrDefaultAsync(m => m.Hash == hash && m.Purpose == CodePurpose.Reset);
        return mailed is { UsedAt: null };
    }

    /// <summary>The letter also proves the address. Every session ends: whoever had the old password is out.</summary>
    public async Task<NewPassword> SetAsync(string? code, string password)
    {
        var hash = passwords.Hash(password.Length <= PasswordRules.LengthMax ? password : "");
        return await database.WriteAsync<NewPassword>(async write =>
        {
            if (await MailedCodes.FindAsync(write, code, CodePurpose.Reset) is not var (mailed, person))
                return new NewPassword.DeadLink();
            if (PasswordRules.FaultIn(password, person.Email!) is { } fault)
                return new NewPassword.Bad(fault);
            mailed.Use(write.Now);
            person.SetPassword(hash);
            person.Confirm();
            await Sessions.EndAllAsync(write, person.Id);
            letters.Changed(write, person, "The password of your account at {0} was changed by a link in a letter.");
            return new NewPassword.Set(person.Id);
        });
    }
}
