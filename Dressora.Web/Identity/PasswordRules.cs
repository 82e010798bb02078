namespace Dressora.Web.Identity;

public enum PasswordFault
{
    TooShort,
    TooLong,
    Common,
    HoldsTheAddress,
}

/// <summary>Length and a list of what everybody tries first; no rules about signs and digits.</summary>
public static class PasswordRules
{
    public const int LengthMin = 8;
    public const int LengthMax = 128;
    private const int TellingPart = 4;
    private const string OurName = "dressora";

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    public static PasswordFault? FaultIn(string password, string email)
    {
        if (password.Length < LengthMin)
            return PasswordFault.TooShort;
        if (password.Length > LengthMax)
            return PasswordFault.TooLong;
        var plain = password.Trim().ToLowerInvariant();
        if (Common.Value.Contains(plain) || plain.Distinct().Count() < 3 || IsMostly(plain, OurName))
            return PasswordFault.Common;
        var local = email.Split('@')[0].ToLowerInvariant();
        return plain.Equals(email, StringComparison.OrdinalIgnoreCase) || (local.Length >= TellingPart && IsMostly(plain, local))
            ? PasswordFault.HoldsTheAddress
            : null;
    }

    /// <summary>The address with a few signs around it: "anna.smith1!" for anna.smith@….</summary>
    private static bool IsMostly(string password, string local) =>
        password.Contains(local, StringComparison.Ordinal) && password.Length - local.Length < LengthMin;

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        return new HashSet<string>(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}
