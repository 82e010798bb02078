namespace Dressora.Web.Accounts;

public enum SignUpRule
{
    Open,
    Closed,
}

public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Whether strangers may make an account; closed, only the command line and admins make them.</summary>
    public SignUpRule SignUp { get; set; } = SignUpRule.Open;
}
