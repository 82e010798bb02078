using System.Globalization;
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
    private const string ConnectsTo = "connects to";
    private const int AnswerMax = 256 * 1024;
    private const int KeyMax = 255;
    private static readonly object Asked = new();
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    internal static AuthenticationBuilder AddForeignProviders(this AuthenticationBuilder builder, IConfiguration configuration)
    {
        if (configuration.GetSection(GoogleOptions.Section).Get<GoogleOptions>() is { ClientId.Length: > 0 } google)
        {
            builder.AddProvider(GoogleScheme, "Google", new OtherProviderOptions
            {
                ClientId = google.ClientId,
                ClientSecret = google.ClientSecret,
                AuthorizationEndpoint = "https://accounts.google.com/o/oauth2/v2/auth",
                TokenEndpoint = "https://oauth2.googleapis.com/token",
                UserInfoEndpoint = "https://openidconnect.googleapis.com/v1/userinfo",
            });
        }

        if (configuration.GetSection(OtherProviderOptions.Section).Get<OtherProviderOptions>() is { ClientId.Length: > 0 } other)
            builder.AddProvider(OtherScheme, other.Label, other);
        return builder;
    }

    public static async Task<IReadOnlyList<AuthenticationScheme>> AllAsync(IAuthenticationSchemeProvider schemes) =>
        [.. (await schemes.GetAllSchemesAsync()).Where(scheme => scheme.DisplayName is not null)];

    /// <summary>
    /// The provider's address with our question, to be answered at that path of ours. Whether the answer connects to an
    /// account or lets somebody in is decided now and sealed into the question: who is signed in when the answer comes
    /// may be somebody else.
    /// </summary>
    public static async Task<string> AskAsync(HttpContext http, AuthenticationScheme provider, string back)
    {
        var question = new AuthenticationProperties { RedirectUri = back };
        if (http.PersonOrNull() is { } person)
            question.Items[ConnectsTo] = person.UserId.ToString(CultureInfo.InvariantCulture);
        await http.ChallengeAsync(provider.Name, question);
        return (string)http.Items[Asked]!;
    }

    /// <summary>What the provider said, once it has sent the browser back; read once.</summary>
    public static async Task<ForeignAnswer?> ReadAsync(HttpContext http, AuthenticationScheme provider)
    {
        var answer = await http.AuthenticateAsync(SessionCookie.HalfScheme);
        if (answer.Principal?.Identity?.AuthenticationType != provider.Name)
            return null;
        await http.SignOutAsync(SessionCookie.HalfScheme);
        if (answer.Principal.FindFirstValue(PersonClaims.Id) is not { Length: > 0 and <= KeyMax } key || key.Any(char.IsControl))
            return null;
        var person = new ForeignPerson(
            provider.Name,
            provider.DisplayName ?? provider.Name,
            key,
            answer.Principal.FindFirstValue(Email),
            answer.Principal.FindFirstValue(Proven) == bool.TrueString,
            answer.Principal.FindFirstValue(PersonClaims.Name) ?? "");
        var connectsTo = answer.Properties?.Items.TryGetValue(ConnectsTo, out var id) == true ? id : null;
        return new ForeignAnswer(person, long.TryParse(connectsTo, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    private static void AddProvider(this AuthenticationBuilder builder, string scheme, string label, OtherProviderOptions provider)
    {
        builder.AddOAuth(scheme, label, options => Fill(options, scheme, provider));
        builder.Services.AddOptions<OAuthOptions>(scheme)
            .Configure<IHttpContextAccessor>((options, accessor) =>
            {
                options.CorrelationCookie = HostCookie.Make(accessor, "state.");
                options.CorrelationCookie.Expiration = AnswerWithin;
            })
            .PostConfigure(options => options.Backchannel.MaxResponseContentBufferSize = AnswerMax);
    }

    private static void Fill(OAuthOptions options, string scheme, OtherProviderOptions provider)
    {
        options.SignInScheme = SessionCookie.HalfScheme;
        options.CallbackPath = $"/account/with/{scheme}/answer";
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.AuthorizationEndpoint = provider.AuthorizationEndpoint;
        options.TokenEndpoint = provider.TokenEndpoint;
        options.UserInformationEndpoint = provider.UserInfoEndpoint;
        options.UsePkce = true;
        options.BackchannelTimeout = Patience;
        options.RemoteAuthenticationTimeout = AnswerWithin;
        options.Scope.Clear();
        foreach (var scope in provider.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        options.Events.OnRedirectToAuthorizationEndpoint = context =>
        {
            context.HttpContext.Items[Asked] = context.RedirectUri;
            return Task.CompletedTask;
        };
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
        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.HttpContext.RequestAborted, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new("Bearer", context.AccessToken);
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await context.Backchannel.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
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

/// <summary>Who came back, and to whose account the answer is to be connected; null when it lets somebody in.</summary>
public sealed record ForeignAnswer(ForeignPerson Person, long? ConnectsTo);
