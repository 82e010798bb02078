namespace Dressora.Web.Ledger;

/// <summary>The first thing a check found wrong. Until the owner clears it, nothing moves.</summary>
public sealed class LedgerFault
{
    private LedgerFault()
    {
    }

    public LedgerFault(string what, DateTimeOffset now)
    {
        What = what;
        FoundAt = now;
    }

    public long Id { get; private set; }
    public DateTimeOffset FoundAt { get; private set; }
    public string What { get; private set; } = "";
    public DateTimeOffset? ClearedAt { get; private set; }
    public long? ClearedBy { get; private set; }

    public void Clear(long by, DateTimeOffset now) => (ClearedBy, ClearedAt) = (by, now);
}
