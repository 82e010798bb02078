namespace Dressora.Web.Ledger;

/// <summary>What a person has at one instant, read against the clock: a sweep that slept changes nothing here.</summary>
public sealed record Balance(
    long Available,
    long Held,
    long Debt,
    long UsedToday,
    long UsedThisMonth,
    long UsedInThirtyDays,
    IReadOnlyList<Grant> Grants)
{
    private const int Pace = 30;

    /// <summary>How long it lasts if the person goes on as in the last thirty days; null when nothing was used.</summary>
    public long? DaysLeft => UsedInThirtyDays == 0 ? null : Available * Pace / UsedInThirtyDays;

    /// <summary>What may still be used today of an allowance.</summary>
    public long LeftIn(string scope) => Grants.Where(grant => grant.Scope == scope).Sum(grant => grant.Available);
}
