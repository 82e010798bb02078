namespace Dressora.Web.Shell;

/// <summary>Every limit on how often, on one screen. <c>Site:RateScale</c> multiplies the counts.</summary>
public static class RateRules
{
    public const string SignIn = "sign-in";
    public const string SignUp = "sign-up";
    public const string Reset = "reset";
    public const string Upload = "upload";
    public const string Submit = "submit";
    public const string Report = "report";
    public const string Callback = "callback";
    public const string Api = "api";
    public const string Page = "page";
    public const string File = "file";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // A network may be a whole street behind one address, so it is given more than an account.
    public static IReadOnlyDictionary<string, RateRule> All { get; } = new Dictionary<string, RateRule>
    {
        [SignIn] = new(PerNetwork: 30, PerAccount: 10, 10 * Minute),
        [SignUp] = new(PerNetwork: 20, PerAccount: 5, Hour),
        [Reset] = new(PerNetwork: 20, PerAccount: 5, Hour),
        [Upload] = new(PerNetwork: 240, PerAccount: 60, 10 * Minute),
        [Submit] = new(PerNetwork: 240, PerAccount: 60, 10 * Minute),
        [Report] = new(PerNetwork: 20, PerAccount: 20, Hour),
        [Callback] = new(PerNetwork: 600, PerAccount: 600, Minute),
        [Api] = new(PerNetwork: 600, PerAccount: 300, Minute),
        [Page] = new(PerNetwork: 600, PerAccount: 300, Minute),
        [File] = new(PerNetwork: 6_000, PerAccount: 3_000, Minute),
    };
}
