using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Accounts;

public abstract record SignUp
{
    private SignUp()
    {
    }

    /// <summary>A letter is on its way, whether the address is new or known: the answer is the same.</summary>
    public sealed record Asked : SignUp;

    public sealed record Puzzled(PuzzleAnswer Why) : SignUp;

    public sealed record BadAddress : SignUp;

    public sealed record BadPassword(PasswordFault Why) : SignUp;

    public sealed record Closed : SignUp;

    public sealed record TooOften(TimeSpan Wait) : SignUp;
}

public abstract record Confirmation
{
    private Confirmation()
    {
    }

    public sealed record Confirmed(long UserId, string Stamp) : Confirmation;

    public sealed record WrongPassword : Confirmation;

    /// <summary>Used, too old, or never made here.</summary>
    public sealed record DeadLink : Confirmation;
}

/// <summary>From a stranger to a person: asked with a puzzle, confirmed by letter and password together.</summary>
public sealed class SignUps(
    Database database, Passwords passwords, Puzzles puzzles, Letters letters, RateGate gate, TimeProvider clock,
    IOptionsMonitor<AccountOptions> options)
{
    public bool AreOpen => options.CurrentValue.SignUp == SignUpRule.Open;

    public async Task<SignUp> AskAsync(string? email, string password, string? challenge, string? work, string? sum)
    {
        if (!AreOpen)
            return new SignUp.Closed();
        if (Address.Read(email) is not { } address)
            return new SignUp.BadAddress();
        if (PasswordRules.FaultIn(password, address.Email) is { } fault)
            return new SignUp.BadPassword(fault);
        if (puzzles.Check(challenge, work, sum) is var answer and not PuzzleAnswer.Right)
            return new SignUp.Puzzled(answer);
        if (gate.Take(RateRules.SignUp, address.Normalized) is { } wait)
            return new SignUp.TooOften(wait);
        var hash = passwords.Hash(password);
        return await database.WriteAsync(write => AskAsync(write, address, hash, puzzles.HashOf(challenge!)));
    }

    /// <summary>
    /// The letter proves the address, the password proves that the reader is who asked: a stranger who signed somebody
    /// else up gets nothing from that person's click.
    /// </summary>
    public async Task<Confirmation> ConfirmAsync(string? code, string password)
    {
        if (await PeekAsync(code) is not { } seen)
            return new Confirmation.DeadLink();
        if (!passwords.Matches(seen, password, out _))
            return new Confirmation.WrongPassword();
        return await database.WriteAsync<Confirmation>(async write =>
        {
            if (await MailedCodes.FindAsync(write, code, CodePurpose.Confirm) is not var (mailed, person)
                || person.EmailConfirmed || person.SecurityStamp != seen.SecurityStamp)
                return new Confirmation.DeadLink();
            mailed.Use(write.Now);
            person.Confirm();
            return new Confirmation.Confirmed(person.Id, person.SecurityStamp!);
        });
    }

    /// <summary>Another letter, for somebody who signed in rightly before confirming; not more of them than asking brings.</summary>
    internal async Task RemindAsync(AppUser seen)
    {
        if (gate.Take(RateRules.SignUp, seen.NormalizedEmail!) is not null)
            return;
        await database.WriteAsync(async write =>
        {
            if (await HeldPerson.FindAsync(write, seen.Id) is { EmailConfirmed: false } person)
                await RemindAsync(write, person);
        });
    }

    private async Task<SignUp> AskAsync(Write write, Address address, string hash, string puzzle)
    {
        if (!await Once.SpendAsync(write, puzzle, write.Now + Puzzles.AgeMax))
            return new SignUp.Puzzled(PuzzleAnswer.Stale);
        var person = await HeldPerson.ByAddressAsync(write, address);
        if (person is { EmailConfirmed: true })
        {
            letters.Known(write, person);
            return new SignUp.Asked();
        }

        if (person is null)
            write.Db.Users.Add(person = new AppUser(address.Email, address.Normalized, write.Now));
        person.SetPassword(hash);
        await write.SaveAsync();
        await RemindAsync(write, person);
        return new SignUp.Asked();
    }

    private async Task RemindAsync(Write write, AppUser person) =>
        letters.Confirm(write, person, await MailedCodes.ReplaceAsync(write, person.Id, CodePurpose.Confirm, person.Email!));

    private async Task<AppUser?> PeekAsync(string? code)
    {
        using var reader = database.OpenReader();
        return await MailedCodes.PeekAsync(reader, code, CodePurpose.Confirm, clock.GetUtcNow());
    }
}
