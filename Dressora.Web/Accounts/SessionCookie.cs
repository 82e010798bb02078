using System.Globalization;
using System.Security.Claims;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dressora.Web.Accounts;

/// <summary>
/// The cookie names a session and nothing else counts: who the person is, what they may do and whether the session
/// still stands is looked up at every request, so suspending, demoting or ending it works at once.
/// </summary>
public static class SessionCookie
{
    public const string Scheme = "session";

    /// <summary>Halfway in: a password was right and a code is awaited, or a provider has answered.</summary>
    public const string HalfScheme = "halfway";

    private const string Remember = "remember";
    private static readonly object Key = new();

    /// <summary>Opens a session for this browser and tells it so. Whatever half-way cookie led here is done with.</summary>
    public static async Task LetInAsync(HttpContext http, long userId, bool remember, bool factorShown)
    {
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        var device = Device.Describe(http.Request.Headers.UserAgent.ToString());
        var network = Device.Network(http.Connection.RemoteIpAddress);
        await http.SignOutAsync(HalfScheme);
        await IssueAsync(http, await sessions.OpenAsync(userId, device, network, remember, factorShown), remember);
    }

    private static Task IssueAsync(HttpContext http, long sessionId, bool remember)
    {
        var identity = new ClaimsIdentity([new(PersonClaims.Session, Text(sessionId))], Scheme);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new() { IsPersistent = remember });
    }

    public static Task IssueHalfAsync(HttpContext http, long userId, bool remember)
    {
        var identity = new ClaimsIdentity([new(PersonClaims.Id, Text(userId)), new(Remember, remember.ToString())], HalfScheme);
        return http.SignInAsync(HalfScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Who showed a password and owes a code.</summary>
    public static async Task<(long UserId, bool Remember)?> ReadHalfAsync(HttpContext http)
    {
        var half = await http.AuthenticateAsync(HalfScheme);
        return half.Principal?.FindFirst(Remember) is { } remember && NumberOf(half.Principal, PersonClaims.Id) is { } id
            ? (id, remember.Value == bool.TrueString)
            : null;
    }

    /// <summary>The person behind this request; only where a page demands one.</summary>
    public static SignedIn Person(this HttpContext http) =>
        http.Items[Key] as SignedIn ?? throw new InvalidOperationException("Nobody is signed in: the page must demand it.");

    public static SignedIn? PersonOrNull(this HttpContext http) => http.Items[Key] as SignedIn;

    internal static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var person = NumberOf(context.Principal, PersonClaims.Session) is { } id ? await sessions.FindAsync(id) : null;
        if (person is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
            return;
        }

        context.HttpContext.Items[Key] = person;
        context.ReplacePrincipal(Principal(person));
    }

    private static ClaimsPrincipal Principal(SignedIn person) => new(new ClaimsIdentity(
        [
            new(PersonClaims.Id, Text(person.UserId)),
            new(PersonClaims.Session, Text(person.SessionId)),
            new(PersonClaims.Name, person.Name),
            new(PersonClaims.Role, person.Role.ToString()),
            new(PersonClaims.Language, person.Language),
            new(PersonClaims.Theme, person.Theme.ToString()),
        ],
        Scheme,
        PersonClaims.Name,
        PersonClaims.Role));

    private static long? NumberOf(ClaimsPrincipal? principal, string claim) =>
        long.TryParse(principal?.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
