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
    private const string Stamp = "stamp";
    private static readonly object Key = new();

    /// <summary>
    /// Opens a session for this browser and tells it so; whatever half-way cookie led here is done with. False when the
    /// way in was closed meanwhile.
    /// </summary>
    public static async Task<bool> LetInAsync(
        HttpContext http, long userId, bool remember, bool factorShown, string? stamp = null)
    {
        var services = http.RequestServices;
        var device = Device.Describe(http.Request.Headers.UserAgent.ToString());
        var network = Device.Network(http.Connection.RemoteIpAddress);
        var session = new Session(userId, device, network, remember, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await http.SignOutAsync(HalfScheme);
        var opened = await services.GetRequiredService<Sessions>()
            .OpenAsync(session, stamp, factorShown, http.PersonOrNull()?.SessionId);
        if (opened is { } id)
            await IssueAsync(http, id, remember);
        return opened is not null;
    }

    /// <summary>The person showed once more who they are: the session goes on under a new cookie.</summary>
    public static async Task ProveAsync(HttpContext http, bool factorShown)
    {
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        if (await sessions.ProveAsync(http.Person().SessionId, factorShown) is { } session)
            await IssueAsync(http, session.Id, session.Remember);
    }

    private static Task IssueAsync(HttpContext http, long sessionId, bool remember)
    {
        var identity = new ClaimsIdentity([new(PersonClaims.Session, Text(sessionId))], Scheme);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new() { IsPersistent = remember });
    }

    public static Task IssueHalfAsync(HttpContext http, SignIn.NeedsFactor half, bool remember)
    {
        var identity = new ClaimsIdentity(
            [new(PersonClaims.Id, Text(half.UserId)), new(Stamp, half.Stamp), new(Remember, remember.ToString())], HalfScheme);
        return http.SignInAsync(HalfScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Who showed a password, or a provider's answer, and owes a code.</summary>
    public static async Task<HalfIn?> ReadHalfAsync(HttpContext http)
    {
        var half = await http.AuthenticateAsync(HalfScheme);
        return half.Principal?.FindFirst(Remember) is { } remember
            && half.Principal.FindFirst(Stamp) is { } stamp
            && NumberOf(half.Principal, PersonClaims.Id) is { } id
            ? new HalfIn(id, stamp.Value, remember.Value == bool.TrueString)
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
            // The cookie stays: to take it back could take a newer one that another answer is just bringing.
            context.RejectPrincipal();
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

/// <summary>Half-way in.</summary>
public sealed record HalfIn(long UserId, string Stamp, bool Remember);
