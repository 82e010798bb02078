using Microsoft.AspNetCore.Identity;

namespace Dressora.Web.Identity;

public enum Role
{
    Person,
    Admin,
    Owner,
}

public enum Theme
{
    System,
    Light,
    Dark,
}

/// <summary>A person with an account. An e-mail address is theirs once a letter sent there came back.</summary>
public sealed class AppUser : IdentityUser<long>
{
    public const int NameMax = 80;
    public const int EmailMax = 254;
    public static readonly TimeSpan DeletionGrace = TimeSpan.FromDays(7);

    private AppUser()
    {
    }

    public AppUser(string email, string normalizedEmail, DateTimeOffset now)
    {
        CreatedAt = SeenAt = now;
        SecurityStamp = Guid.NewGuid().ToString("N");
        MoveTo(email, normalizedEmail);
    }

    /// <summary>What the person wants to be called; empty until they say.</summary>
    public string Name { get; private set; } = "";
    public string Language { get; private set; } = "en";

    /// <summary>Where the person's day begins, as in <c>Asia/Kolkata</c>.</summary>
    public string TimeZone { get; private set; } = Zone.Utc;
    public Theme Theme { get; private set; } = Theme.Dark;
    public Role Role { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>When the account goes for good; until then the person can still change their mind.</summary>
    public DateTimeOffset? DeletionDueAt { get; private set; }

    /// <summary>The authenticator app's key, sealed; null until a first code proved that the app has it.</summary>
    public string? TotpKey { get; private set; }

    /// <summary>The last time step whose code was taken: each code works once.</summary>
    public long TotpStep { get; private set; }

    /// <summary>A letter when something they waited long for is done.</summary>
    public bool WantsMail { get; private set; }

    /// <summary>When they were shown around, or said that they need not be.</summary>
    public DateTimeOffset? WelcomedAt { get; private set; }

    /// <summary>What they said brought them here, in a word of ours; empty when they did not say.</summary>
    public string CameFor { get; private set; } = "";

    public bool IsStaff => Role is Role.Admin or Role.Owner;
    public bool MaySignIn => SuspendedAt is null && EmailConfirmed;

    public void CallThemselves(string name, string language, Theme theme)
    {
        Name = Label.Tidy(name, NameMax);
        Language = language;
        Theme = theme;
    }

    public void Choose(Theme theme) => Theme = theme;

    public void LiveIn(string timeZone) => TimeZone = Zone.IsKnown(timeZone) ? timeZone : TimeZone;

    public void WishForMail(bool wantsMail) => WantsMail = wantsMail;

    /// <summary>They introduced themselves, or went past.</summary>
    public void Enter(string name, string cameFor, DateTimeOffset now)
    {
        if (name.Length > 0)
            Name = Label.Tidy(name, NameMax);
        CameFor = cameFor;
        WelcomedAt ??= now;
    }

    public void Confirm() => EmailConfirmed = true;

    /// <summary>
    /// Another company vouches for the address. Whoever asked for it here before never proved it, so their password opens
    /// nothing.
    /// </summary>
    public void Arrive(string name)
    {
        Confirm();
        PasswordHash = null;
        SecurityStamp = Guid.NewGuid().ToString("N");
        if (Name.Length == 0)
            Name = Label.Tidy(name, NameMax);
    }

    /// <summary>A new address, known to be theirs because its letter was answered.</summary>
    public void MoveTo(string email, string normalizedEmail)
    {
        Email = UserName = email;
        NormalizedEmail = NormalizedUserName = normalizedEmail;
    }

    public void SetPassword(string hash)
    {
        PasswordHash = hash;
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    /// <summary>The same password, hashed the way it is done today.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    public void Promote(Role role) => Role = role;

    public void Seen(DateTimeOffset now) => SeenAt = now;

    public void UseTotp(string sealedKey, long step)
    {
        TotpKey = sealedKey;
        TotpStep = step;
    }

    public void DropTotp() => TotpKey = null;

    public bool TakeTotpStep(long step)
    {
        if (step <= TotpStep)
            return false;
        TotpStep = step;
        return true;
    }

    public bool Suspend(DateTimeOffset now)
    {
        if (SuspendedAt is not null || Role == Role.Owner)
            return false;
        SuspendedAt = now;
        return true;
    }

    public bool Restore()
    {
        var was = SuspendedAt is not null;
        SuspendedAt = null;
        return was;
    }

    public bool AskDeletion(DateTimeOffset now)
    {
        if (DeletionDueAt is not null || Role == Role.Owner)
            return false;
        DeletionDueAt = now + DeletionGrace;
        return true;
    }

    public bool KeepAccount()
    {
        var was = DeletionDueAt is not null;
        DeletionDueAt = null;
        return was;
    }
}
