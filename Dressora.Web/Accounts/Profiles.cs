using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

public abstract record PasswordChange
{
    private PasswordChange()
    {
    }

    public sealed record Changed : PasswordChange;

    public sealed record Bad(PasswordFault Why) : PasswordChange;
}

public abstract record MoveAsked
{
    private MoveAsked()
    {
    }

    /// <summary>Letters are on their way, to both addresses or, when the new one is taken, to the old one alone.</summary>
    public sealed record Asked : MoveAsked;

    public sealed record BadAddress : MoveAsked;

    public sealed record TooOften(TimeSpan Wait) : MoveAsked;
}

public enum Move
{
    Moved,

    /// <summary>Used, too old, somebody else's, or the address found another account meanwhile.</summary>
    DeadLink,
}

/// <summary>What a person says about themselves, and how they are reached.</summary>
public sealed class Profiles(Database database, Passwords passwords, Letters letters, RateGate gate)
{
    public static readonly IReadOnlyList<string> Languages = ["en", "hi", "ru"];

    public async Task<AppUser> OfAsync(long userId)
    {
        using var reader = database.OpenReader();
        return await reader.Users.SingleAsync(user => user.Id == userId);
    }

    public Task SaveAsync(long userId, string name, string language, Theme theme, string timeZone) => database.WriteAsync(async write =>
    {
        var person = await PersonAsync(write, userId);
        person.CallThemselves(name, Languages.Contains(language) ? language : Languages[0], theme);
        person.LiveIn(timeZone);
    });

    /// <summary>They were shown in: what they said of themselves on the way is kept, and they are not asked again.</summary>
    public Task EnterAsync(long userId, string name, string cameFor) => database.WriteAsync(async write =>
        (await PersonAsync(write, userId)).Enter(name, cameFor, write.Now));

    public Task ChooseAsync(long userId, Theme theme) =>
        database.WriteAsync(async write => (await PersonAsync(write, userId)).Choose(theme));

    /// <summary>Every other session ends.</summary>
    public async Task<PasswordChange> ChangePasswordAsync(SignedIn signedIn, string password)
    {
        if (PasswordRules.FaultIn(password, signedIn.Email) is { } fault)
            return new PasswordChange.Bad(fault);
        var hash = passwords.Hash(password);
        await database.WriteAsync(async write =>
        {
            var person = await PersonAsync(write, signedIn.UserId);
            person.SetPassword(hash);
            await MailedCodes.RevokeAllAsync(write, person.Id);
            await Sessions.EndAllAsync(write, person.Id, signedIn.SessionId);
            letters.Changed(write, person, "The password of your account at {0} was changed.");
        });
        return new PasswordChange.Changed();
    }

    /// <summary>Asks the new address by letter and tells the old one. Whether the new one is taken is nobody's to learn.</summary>
    public async Task<MoveAsked> AskMoveAsync(long userId, string? email)
    {
        if (Address.Read(email) is not { } address)
            return new MoveAsked.BadAddress();
        if (gate.Take(RateRules.Reset, address.Normalized) is { } wait)
            return new MoveAsked.TooOften(wait);
        await database.WriteAsync(async write =>
        {
            var person = await PersonAsync(write, userId);
            letters.Moving(write, person);
            if (!await IsTakenAsync(write, address.Normalized))
            {
                var code = await MailedCodes.ReplaceAsync(write, userId, CodePurpose.Move, address.Email);
                letters.Move(write, person, address.Email, code);
            }
        });
        return new MoveAsked.Asked();
    }

    public Task<Move> MoveAsync(long userId, string? code) => database.WriteAsync(async write =>
    {
        if (await MailedCodes.FindAsync(write, code, CodePurpose.Move) is not var (mailed, person) || person.Id != userId)
            return Move.DeadLink;
        var address = Address.Read(mailed.Email)!;
        await write.HoldAsync($"address {address.Normalized}");
        mailed.Use(write.Now);
        if (await IsTakenAsync(write, address.Normalized))
            return Move.DeadLink;
        await write.SaveAsync();
        await MailedCodes.RevokeAllAsync(write, userId);
        letters.Moved(write, person.Email!, person.Language);
        person.MoveTo(address.Email, address.Normalized);
        return Move.Moved;
    });

    private static Task<AppUser> PersonAsync(Write write, long userId) => HeldPerson.OfAsync(write, userId);

    private static Task<bool> IsTakenAsync(Write write, string normalized) =>
        write.Db.Users.AnyAsync(user => user.NormalizedEmail == normalized);
}
