using System.Text.Json.Serialization;

namespace Dressora.Web.Ledger;

/// <summary>
/// Every answer of a verb. It is kept under the command's key, so that the same command gets the same answer for ever;
/// the same key with other content gets <see cref="KeyReused"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(AlreadyGranted), "already granted")]
[JsonDerivedType(typeof(Frozen), "frozen")]
[JsonDerivedType(typeof(NotEnoughCredits), "not enough")]
[JsonDerivedType(typeof(InDebt), "in debt")]
[JsonDerivedType(typeof(AlreadyHeld), "already held")]
[JsonDerivedType(typeof(Settled), "settled")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(NoSuchHold), "no such hold")]
[JsonDerivedType(typeof(AlreadySettled), "already settled")]
[JsonDerivedType(typeof(AlreadyReleased), "already released")]
[JsonDerivedType(typeof(Revoked), "revoked")]
[JsonDerivedType(typeof(NoSuchGrant), "no such grant")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
[JsonDerivedType(typeof(ReasonMissing), "reason missing")]
[JsonDerivedType(typeof(Forfeited), "forfeited")]
public abstract record Outcome
{
    private protected Outcome()
    {
    }
}

/// <summary>This key belongs to another command. Nothing was done and nothing was kept.</summary>
public sealed record KeyReused : Outcome;

public sealed record Granted(long GrantId, long Netted) : Outcome;

/// <summary>The source gave its credits before; a refund or a promotion cannot be had twice.</summary>
public sealed record AlreadyGranted(long GrantId) : Outcome;

public sealed record Frozen(long HoldId, long Amount) : Outcome;

public sealed record NotEnoughCredits(long Available, long Needed) : Outcome;

public sealed record InDebt(long Debt) : Outcome;

/// <summary>The reference has a hold, opened by another command.</summary>
public sealed record AlreadyHeld(long HoldId) : Outcome;

public sealed record Settled(long Charged, long GivenBack, long Overrun) : Outcome;

/// <summary>Given back to the grants; made good by a new one; gone because the person cancelled too late.</summary>
public sealed record Released(long GivenBack, long MadeGood, long Lapsed) : Outcome;

public sealed record NoSuchHold : Outcome;

public sealed record AlreadySettled(long Charged) : Outcome;

public sealed record AlreadyReleased : Outcome;

/// <summary>Taken back now; owed because it was spent; to be taken when its hold closes; nothing to take, as it had expired.</summary>
public sealed record Revoked(long Taken, long Owed, long Recalled, long Lapsed) : Outcome;

public sealed record NoSuchGrant : Outcome;

public sealed record Adjusted(long Amount) : Outcome;

public sealed record ReasonMissing : Outcome;

public sealed record Forfeited(long Amount) : Outcome;
