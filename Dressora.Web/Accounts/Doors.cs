namespace Dressora.Web.Accounts;

/// <summary>What a page may demand of whoever opens it.</summary>
public static class Doors
{
    /// <summary>Somebody who is signed in.</summary>
    public const string Person = "person";

    /// <summary>An admin who showed a second factor lately.</summary>
    public const string Staff = "staff";

    /// <summary>Somebody who showed who they are in the last minutes; for what guards the account itself.</summary>
    public const string Proved = "proved";

    /// <summary>Somebody who is signed in, or a program with their key.</summary>
    public const string Program = "program";
}
