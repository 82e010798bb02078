namespace Dressora.Web.Ledger;

/// <summary>What a check of the books read, and the first thing it found wrong, if any.</summary>
public sealed record Verification(long Accounts, long Grants, long Holds, long Entries, TimeSpan Took, string? Fault)
{
    public bool IsGood => Fault is null;
}
