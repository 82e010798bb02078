namespace Dressora.Web.Shell;

/// <summary>
/// How often one network and one account may do a thing within a time; unused turns come back evenly.
/// </summary>
public sealed record RateRule(int PerNetwork, int PerAccount, TimeSpan Window);
