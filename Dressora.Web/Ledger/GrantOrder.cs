namespace Dressora.Web.Ledger;

/// <summary>Credits to be given: to whom, how many, from when to when, and from what source, which gives once.</summary>
public sealed record GrantOrder(
    long UserId,
    Category Category,
    long Amount,
    DateTimeOffset EffectiveAt,
    DateTimeOffset ExpiresAt,
    string Source,
    string Reason,
    string Scope = Scopes.Any)
{
    internal string Content => Command.Content("grant", UserId, Category, Amount, EffectiveAt, ExpiresAt, Source, Scope);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Amount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Amount, Grant.AmountMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(EffectiveAt, ExpiresAt);
        ArgumentException.ThrowIfNullOrEmpty(Source);
    }

    internal bool IsSameAs(Grant grant) =>
        (UserId, Category, Amount, EffectiveAt, ExpiresAt, Scope)
        == (grant.UserId, grant.Category, grant.Issued, grant.EffectiveAt, grant.ExpiresAt, grant.Scope);
}
