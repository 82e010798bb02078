namespace Dressora.Web.Accounts;

/// <summary>What came of a password or a code that was typed to show who is there.</summary>
public abstract record Proof
{
    private Proof()
    {
    }

    public sealed record Shown : Proof;

    public sealed record Wrong : Proof;

    public sealed record TooOften(TimeSpan Wait) : Proof;
}
