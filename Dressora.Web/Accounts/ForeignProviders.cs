using System.Security.Claims;
using System.Text.Json;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Dressora.Web.Accounts;

/// <summary>The providers a person can sign in with here: OAuth2 with PKCE, then their own user-info address.</summary>
public static class ForeignProviders
{
    private const string GoogleScheme = "google";
    private const string OtherScheme = "other";
    private const string Email = "email";
    private const string Proven = "email_verified";
    private const int AnswerMax = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    internal static AuthenticationBuilder AddForeignProviders(this AuthenticationBuilder builder, IConfiguration configuration)
    {
        if (configuration.GetSection(GoogleOptions.Section).Get<GoogleOptions>() is { ClientId.Length: > 0 } google)
        {
            builder.AddOAuth(GoogleScheme, "Google", options => Fill(options, GoogleScheme, new OtherProviderOptions
            {
                ClientId = google.ClientId,
                ClientSecret = google.ClientSecret,
                AuthorizationEndpoint = "https://accounts.google.com/o/oauth2/v2/auth",
                TokenEndpoint = "https://oauth2.googleapis.com/token",
                UserInfoEndpoint = "https://openidconnect.googleapis.com/v1/userinfo",
            }));
        }

        if (configuration.GetSection(OtherProviderOptions.Section).Get<OtherProviderOptions>() is { ClientId.Length: > 0 } other)
            builder.AddOAuth(OtherScheme, other.Label, options => Fill(options, OtherScheme, other));
        return builder;
    }

    public static async Task<IReadOnlyList<AuthenticationScheme>> AllAsync(IAuthenticationSchemeProvider schemes) =>
        [.. (await schemes.GetAllSchemesAsync()).Where(scheme => scheme.DisplayName is not null)];

    /// <summary>What the provider said, once it has sent the browser back; read once.</summary>
    public static async Task<ForeignPerson?> ReadAsync(HttpContext http, string provider)
    {
        var answer = await http.AuthenticateAsync(SessionCookie.HalfScheme);
        if (answer.Principal?.FindFirstValue(PersonClaims.Id) is not { Length: > 0 and <= 255 } key
            || answer.Principal.Identity?.AuthenticationType != provider)
            return null;
        await http.SignOutAsync(SessionCookie.HalfScheme);
        return new ForeignPerson(
            provider,
            key,
            answer.Principal.FindFirstValue(Email),
            answer.Principal.FindFirstValue(Proven) == bool.TrueString,
            answer.Principal.FindFirstValue(PersonClaims.Name) ?? "");
    }

    private static void Fill(OAuthOptions options, string scheme, OtherProviderOptions provider)
    {
        options.SignInScheme = SessionCookie.HalfScheme;
        options.CallbackPath = $"/account/with/{scheme}/answer";
        options.AccessDeniedPath = "/account/sign-in";
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.AuthorizationEndpoint = provider.AuthorizationEndpoint;
        options.TokenEndpoint = provider.TokenEndpoint;
        options.UserInformationEndpoint = provider.UserInfoEndpoint;
        options.UsePkce = true;
        options.CorrelationCookie.Name = "state.";
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        options.Scope.Clear();
        foreach (var scope in provider.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        options.Events.OnCreatingTicket = context => AskWhoAsync(context, provider.TrustsAddresses);
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/account/sign-in?with=failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task AskWhoAsync(OAuthCreatingTicketContext context, bool trustsAddresses)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.HttpContext.RequestAborted);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new("Bearer", context.AccessToken);
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await context.Backchannel.SendAsync(request, limit.Token);
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync(AnswerMax, limit.Token);
        using var person = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(limit.Token));
        var root = person.RootElement;
        Claim(context, PersonClaims.Id, Text(root, "sub") ?? Text(root, "id"));
        Claim(context, PersonClaims.Name, Text(root, "name"));
        Claim(context, Email, Text(root, "email"));
        Claim(context, Proven, (trustsAddresses || IsTrue(root, "email_verified")).ToString());
    }

    private static void Claim(OAuthCreatingTicketContext context, string type, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            context.Identity!.AddClaim(new Claim(type, value));
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static bool IsTrue(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));
}
