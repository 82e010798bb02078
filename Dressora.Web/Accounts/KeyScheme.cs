using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Accounts;

/// <summary>Reads <c>Authorization: Bearer dk_…</c>.</summary>
internal sealed class KeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string Name = "key";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(header[Bearer.Length..].Trim()) is not { } holder)
            return AuthenticateResult.Fail("No such key.");
        var identity = new ClaimsIdentity(
            [
                new(PersonClaims.Id, holder.UserId.ToString(CultureInfo.InvariantCulture)),
                new(Callers.Key, holder.KeyId.ToString(CultureInfo.InvariantCulture)),
                new(Callers.Scopes, ((int)holder.Scopes).ToString(CultureInfo.InvariantCulture)),
                new(Callers.SpendMax, holder.SpendMax?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ],
            Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}

/// <summary>Who calls a room for programs: a person's browser, or a key in their name.</summary>
public sealed record Caller(long UserId, long? KeyId, KeyScopes Scopes, long? SpendMax)
{
    public bool May(KeyScopes scope) => Scopes.HasFlag(scope);
}

public static class Callers
{
    internal const string Key = "key";
    internal const string Scopes = "scopes";
    internal const string SpendMax = "spend";

    public static Caller Caller(this HttpContext http)
    {
        var user = http.User;
        var id = user.PersonId() ?? throw new InvalidOperationException("Nobody calls: the room must demand it.");
        return NumberOf(user, Key) is { } key
            ? new Caller(id, key, (KeyScopes)(NumberOf(user, Scopes) ?? 0), NumberOf(user, SpendMax))
            : new Caller(id, null, KeyScopes.All, null);
    }

    private static long? NumberOf(ClaimsPrincipal user, string claim) =>
        long.TryParse(user.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
