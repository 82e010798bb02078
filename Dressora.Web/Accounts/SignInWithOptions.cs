using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Accounts;

/// <summary>Google, as anybody registers it in their console; the addresses are known.</summary>
public sealed class GoogleOptions
{
    public const string Section = "SignInWith:Google";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";
}

/// <summary>One OAuth2 or OpenID provider of the owner's choice: Auth0, Supabase, Keycloak, …</summary>
public sealed class OtherProviderOptions : IValidatableObject
{
    public const string Section = "SignInWith:Other";

    /// <summary>What the button calls it.</summary>
    [StringLength(40)]
    public string Label { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string AuthorizationEndpoint { get; set; } = "";

    public string TokenEndpoint { get; set; } = "";

    public string UserInfoEndpoint { get; set; } = "";

    public string Scope { get; set; } = "openid email profile";

    /// <summary>For a provider that only hands out proven addresses but does not say <c>email_verified</c>.</summary>
    public bool TrustsAddresses { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId.Length == 0)
            yield break;
        if (Label.Length == 0)
            yield return new("must say what the button calls this provider.", [nameof(Label)]);
        foreach (var (name, value) in new[]
        {
            (nameof(AuthorizationEndpoint), AuthorizationEndpoint),
            (nameof(TokenEndpoint), TokenEndpoint),
            (nameof(UserInfoEndpoint), UserInfoEndpoint),
        })
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || (uri.Scheme != "https" && !uri.IsLoopback))
                yield return new("must be an https address.", [name]);
        }
    }
}
