using System.Globalization;
using System.Security.Claims;

namespace Dressora.Web.Shell;

/// <summary>
/// What the session cookie says about a person, by name. The floor of accounts writes it; pages read it.
/// </summary>
public static class PersonClaims
{
    public const string Id = "sub";
    public const string Name = "name";
    public const string Role = "role";
    public const string Language = "lang";
    public const string Theme = "theme";
    public const string Session = "sid";

    private static readonly string[] Staff = ["Admin", "Owner"];

    extension(ClaimsPrincipal person)
    {
        public bool IsSignedIn() => person.Identity is { IsAuthenticated: true };

        /// <summary>The person's number, or null when nobody is signed in.</summary>
        public long? PersonId() => person.NumberOf(Id);

        /// <summary>The number of the session they came with, or null.</summary>
        public long? SessionId() => person.NumberOf(Session);

        /// <summary>What they want to be called; empty when they never said.</summary>
        public string DisplayName() => person.FindFirstValue(Name) ?? "";

        public bool IsStaff() => Staff.Contains(person.FindFirstValue(Role));

        private long? NumberOf(string claim) =>
            person.IsSignedIn()
            && person.FindFirstValue(claim) is { } text
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
