using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Harness;

/// <summary>How a provider misbehaves.</summary>
public enum Misdeed
{
    None,

    /// <summary>The person pressed "no".</summary>
    Refuses,

    /// <summary>It comes back with a state that we never gave.</summary>
    WrongState,

    /// <summary>The token address answers 500.</summary>
    NoToken,

    /// <summary>Who it is, as something that is no JSON.</summary>
    Garbage,

    /// <summary>Who it is, as JSON of another shape.</summary>
    WrongShape,

    /// <summary>Who it is, in an answer that never ends.</summary>
    Oversize,

    /// <summary>Who it is, never.</summary>
    Silent,
}

/// <summary>An OAuth2 provider on a port of this machine: authorize, token with PKCE checked, user info.</summary>
public sealed class ForeignCompany : IAsyncDisposable
{
    public const string ClientId = "dressora-client";
    public const string ClientSecret = "a secret between two servers";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _codes = new();

    private ForeignCompany(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }
    public Misdeed Misdeed { get; set; }

    /// <summary>Sends the browser through another of its hosts first, as large companies do.</summary>
    public bool Wanders { get; set; }

    /// <summary>Who is signed in over there, as its user info says it.</summary>
    public Dictionary<string, object?> Person { get; set; } = new()
    {
        ["sub"] = "foreign-1", ["email"] = "noor@example.org", ["email_verified"] = true, ["name"] = "Noor",
    };

    /// <summary>What was wrong with how we asked; nothing when all was well.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public string[] Settings =>
    [
        "SignInWith:Other:Label=Example", $"SignInWith:Other:ClientId={ClientId}", $"SignInWith:Other:ClientSecret={ClientSecret}",
        $"SignInWith:Other:AuthorizationEndpoint={Address}authorize", $"SignInWith:Other:TokenEndpoint={Address}token",
        $"SignInWith:Other:UserInfoEndpoint={Address}userinfo",
    ];

    public static async Task<ForeignCompany> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var address = new Uri($"http://127.0.0.1:{Site.FreePort()}/");
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var company = new ForeignCompany(app, address);
        app.MapGet("/authorize", company.Authorize);
        app.MapPost("/token", company.TokenAsync);
        app.MapGet("/userinfo", company.TellAsync);
        await app.StartAsync();
        return company;
    }

    /// <summary>Lets a site's server reach this company, and only its sign-in may.</summary>
    public static void Reach(WebApplicationBuilder builder) => builder.Services.ConfigureAll<OAuthOptions>(options =>
        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>The person's browser goes there and comes back with an answer: where to, on our own site.</summary>
    public static async Task<string> VisitAsync(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(address));
        return answer.Headers.Location?.PathAndQuery
            ?? throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (!Complaints.IsEmpty)
            throw new InvalidOperationException($"The other company complained: {string.Join("; ", Complaints)}");
    }

    private IResult Authorize(HttpRequest request)
    {
        if (Wanders && request.Host.Host != "localhost")
            return Results.Redirect($"http://localhost:{Address.Port}{request.Path}{request.QueryString}");
        var asked = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        Expect(asked, "response_type", "code");
        Expect(asked, "client_id", ClientId);
        Expect(asked, "code_challenge_method", "S256");
        Expect(asked, "scope", "openid email profile");
        var answer = new Dictionary<string, string?> { ["state"] = Misdeed == Misdeed.WrongState ? "forged" : asked.GetValueOrDefault("state") };
        if (Misdeed == Misdeed.Refuses)
        {
            answer["error"] = "access_denied";
        }
        else
        {
            var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            _codes[code] = asked;
            answer["code"] = code;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"], answer));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var given = (await request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (Misdeed == Misdeed.NoToken)
            return Results.StatusCode(500);
        if (!_codes.TryRemove(given.GetValueOrDefault("code", ""), out var asked))
            return Results.BadRequest(new { error = "invalid_grant" });
        Expect(given, "grant_type", "authorization_code");
        Expect(given, "client_id", ClientId);
        Expect(given, "client_secret", ClientSecret);
        Expect(given, "redirect_uri", asked["redirect_uri"]);
        var challenge = SHA256.HashData(Encoding.ASCII.GetBytes(given.GetValueOrDefault("code_verifier", "")));
        Expect(asked, "code_challenge", WebEncoders.Base64UrlEncode(challenge));
        return Results.Json(new { access_token = "a token", token_type = "Bearer", expires_in = 60 });
    }

    private async Task TellAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != "Bearer a token")
            Complaints.Enqueue($"asked with {http.Request.Headers.Authorization}");
        http.Response.ContentType = "application/json";
        switch (Misdeed)
        {
            case Misdeed.Garbage:
                await http.Response.WriteAsync("<html>Sorry</html>");
                break;
            case Misdeed.WrongShape:
                await http.Response.WriteAsync("""["sub", {"email": 1}]""");
                break;
            case Misdeed.Oversize:
                await FloodAsync(http);
                break;
            case Misdeed.Silent:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            default:
                await http.Response.WriteAsync(JsonSerializer.Serialize(Person));
                break;
        }
    }

    private static async Task FloodAsync(HttpContext http)
    {
        var piece = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        for (var i = 0; i < 1_000 && !http.RequestAborted.IsCancellationRequested; i++)
            await http.Response.Body.WriteAsync(piece, CancellationToken.None).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Expect(Dictionary<string, string> given, string name, string value)
    {
        if (given.GetValueOrDefault(name) != value)
            Complaints.Enqueue($"{name} is {given.GetValueOrDefault(name)}, not {value}");
    }
}
