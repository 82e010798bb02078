using System.Collections.Immutable;
using System.Globalization;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>A person in the model: what they owe, and when something last moved.</summary>
internal sealed record Person(long Debt, DateTimeOffset? LastAt);

/// <summary>A grant in the model.</summary>
internal sealed record Lot(
    GrantOrder Order, long Available, long Held, long Spent, long Expired, long Revoked, long Recalled, long Owed)
{
    internal bool IsCredit => Order.Scope == Scopes.Any;

    internal bool IsLive(DateTimeOffset now) => Order.EffectiveAt <= now && now < Order.ExpiresAt;

    internal Lot Move(Bucket from, Bucket to, long amount) => Add(from, -amount).Add(to, amount);

    private Lot Add(Bucket bucket, long amount) => bucket switch
    {
        Bucket.Available => this with { Available = Available + amount },
        Bucket.Held => this with { Held = Held + amount },
        Bucket.Spent => this with { Spent = Spent + amount },
        Bucket.Expired => this with { Expired = Expired + amount },
        Bucket.Revoked => this with { Revoked = Revoked + amount },
        _ => this,
    };
}

/// <summary>A part of a claim: so much of the lot at that index.</summary>
internal sealed record Part(int Lot, long Amount);

/// <summary>A hold in the model.</summary>
internal sealed record Claim(
    long User, string Reference, string Scope, long Amount, DateTimeOffset Deadline, ImmutableList<Part> Parts, HoldState State, long Charged);

/// <summary>Everything that can be counted, in words that are the same for the model and for a database.</summary>
internal static class Words
{
    /// <summary>The source of what the ledger gave by itself: its name has the numbers of rows.</summary>
    internal const string MadeGood = "made good";

    internal static string Person(long user, long available, long held, long debt, DateTimeOffset lastAt) =>
        Say($"person {user}: {available} available, {held} held, {debt} owed, last at {At(lastAt)}");

    internal static string Grant(
        int number, string source, long user, Category category, string scope, DateTimeOffset from, DateTimeOffset to,
        (long Issued, long Available, long Held, long Spent, long Expired, long Revoked, long Recalled, long Owed) sums) =>
        Say($"grant {number} {(source.StartsWith("compensation:", StringComparison.Ordinal) ? MadeGood : source)} of {user}: {category}/{scope} {At(from)}-{At(to)} {sums}");

    internal static string Hold(
        int number, string reference, long user, string scope, long amount, HoldState state, long charged, DateTimeOffset deadline,
        IEnumerable<(int Grant, long Amount)> parts) =>
        Say($"hold {number} {reference} of {user}: {state} {charged} of {amount}/{scope} until {At(deadline)} from {string.Join(' ', parts)}");

    /// <summary>Microseconds since the clock of all tests began.</summary>
    internal static string At(DateTimeOffset instant) => instant == Dressora.Web.Ledger.Grant.Never
        ? "never"
        : (instant - Harness.FakeClock.Start).TotalMicroseconds.ToString(CultureInfo.InvariantCulture);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
