namespace Dressora.Web.Ledger;

/// <summary>Where credits come from. The number is the order of burning: the most perishable first.</summary>
public enum Category
{
    Daily = 10,
    Plan = 20,
    Promo = 30,
    Compensation = 35,
    Paid = 40,
}

/// <summary>What a grant of no special kind may be used for: any tool, at its price.</summary>
public static class Scopes
{
    public const string Any = "";
    public const string Chat = "chat";
    public const string Image = "image";
}

/// <summary>
/// Credits given once. The five counters always add up to what was issued. Two more say what a refund still has to come
/// for: <see cref="Recalled"/> of what is held, <see cref="Owed"/> of what was spent.
/// </summary>
public sealed class Grant
{
    /// <summary>The most that one grant, hold or charge may be; far above any price, far below overflow.</summary>
    public const long AmountMax = 1_000_000_000;

    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public required long Id { get; init; }
    public required long UserId { get; init; }
    public required Category Category { get; init; }
    public required string Scope { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset EffectiveAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required long Issued { get; init; }
    public long Available { get; internal set; }
    public long Held { get; internal set; }
    public long Spent { get; internal set; }
    public long Expired { get; internal set; }
    public long Revoked { get; internal set; }
    public long Recalled { get; internal set; }
    public long Owed { get; internal set; }

    public bool IsCredit => Scope == Scopes.Any;
    public bool IsLive(DateTimeOffset now) => EffectiveAt <= now && now < ExpiresAt;

    internal void Move(Bucket from, Bucket to, long amount)
    {
        Add(from, -amount);
        Add(to, amount);
    }

    private void Add(Bucket bucket, long amount)
    {
        switch (bucket)
        {
            case Bucket.Available: Available += amount; break;
            case Bucket.Held: Held += amount; break;
            case Bucket.Spent: Spent += amount; break;
            case Bucket.Expired: Expired += amount; break;
            case Bucket.Revoked: Revoked += amount; break;
        }
    }
}
