using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Payments;

/// <summary>Who takes money for this house. Prices and the seller's name are rows that an admin edits.</summary>
public sealed class PaymentOptions : IValidatableObject
{
    public const string Section = "Payments";
    public const int SecretLengthMin = 12;

    /// <summary>A checkout without money, marked as such, as long as nobody with a live key sells here.</summary>
    public bool Demo { get; set; } = true;

    /// <summary>What Razorpay calls the key: rzp_test_… or rzp_live_…; it says by itself whether the money is real.</summary>
    [RegularExpression("^(rzp_(test|live)_[A-Za-z0-9]{6,40})?$", ErrorMessage = "must begin with rzp_test_ or rzp_live_.")]
    public string RazorpayId { get; set; } = "";

    public string RazorpaySecret { get; set; } = "";

    /// <summary>What you typed into Razorpay's form for webhooks; another one than the key's secret.</summary>
    public string RazorpayWebhookSecret { get; set; } = "";

    /// <summary>The one before: what is signed with it counts until it is taken out.</summary>
    public string RazorpayOldWebhookSecret { get; set; } = "";

    /// <summary>Another address that speaks like Razorpay; empty for Razorpay itself.</summary>
    public string RazorpayAddress { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RazorpayAddress.Length > 0 && !IsSafe(RazorpayAddress))
            yield return new("must be an https address; http is for this machine.", [nameof(RazorpayAddress)]);
        if (RazorpayId.Length == 0)
            yield break;
        if (RazorpaySecret.Length == 0)
            yield return new("is missing: the key has two parts.", [nameof(RazorpaySecret)]);
        if (RazorpayWebhookSecret.Length < SecretLengthMin)
            yield return new($"must have at least {SecretLengthMin} characters; Razorpay allows none, this house does not.", [nameof(RazorpayWebhookSecret)]);
        else if (RazorpayWebhookSecret == RazorpaySecret)
            yield return new("must be another one than the key's.", [nameof(RazorpayWebhookSecret)]);
        if (RazorpayOldWebhookSecret.Length is > 0 and < SecretLengthMin)
            yield return new($"must be empty or have at least {SecretLengthMin} characters.", [nameof(RazorpayOldWebhookSecret)]);
    }

    private static bool IsSafe(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address is { UserInfo: "", Query: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
