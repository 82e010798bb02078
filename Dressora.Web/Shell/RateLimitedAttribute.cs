namespace Dressora.Web.Shell;

/// <summary>Names the rule that counts what is sent here; reading the same page counts as any page does.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RateLimitedAttribute(string rule) : Attribute
{
    public string Rule { get; } = rule;

    /// <summary>Counts reading by this rule too: for files, of which one page asks for many.</summary>
    public bool Reads { get; init; }
}
