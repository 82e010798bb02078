using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace Dressora.Web.Providers;

/// <summary>The companies and machines that make things. Without its key, a company's models are not offered.</summary>
public sealed class ProviderOptions : IValidatableObject
{
    public const string Section = "Providers";
    public const int SecretLengthMin = 24;

    public string FalKey { get; set; } = "";

    /// <summary>Another address that speaks like fal's queue and storage; empty for fal itself.</summary>
    public string FalAddress { get; set; } = "";

    public string EvoLinkKey { get; set; } = "";

    /// <summary>Another address that speaks like EvoLink; empty for EvoLink itself.</summary>
    public string EvoLinkAddress { get; set; } = "";

    public string OpenRouterKey { get; set; } = "";

    /// <summary>A machine of the owner's own that makes things; empty when there is none.</summary>
    public string WorkerAddress { get; set; } = "";

    /// <summary>What that machine and this server sign with.</summary>
    public string WorkerSecret { get; set; } = "";

    /// <summary>The secret before: what is signed with it counts until it is taken out.</summary>
    public string WorkerOldSecret { get; set; } = "";

    /// <summary>Makes placeholders on this server, marked as such, so that everything can be tried without a key.</summary>
    public bool Sandbox { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new[]
        {
            (nameof(FalAddress), FalAddress), (nameof(EvoLinkAddress), EvoLinkAddress), (nameof(WorkerAddress), WorkerAddress),
        })
        {
            if (value.Length > 0 && !IsSafe(value))
                yield return new("must be an https address; http is for a machine of your own network.", [name]);
        }

        if (WorkerAddress.Length > 0 && WorkerSecret.Length < SecretLengthMin)
            yield return new($"must have at least {SecretLengthMin} characters when there is a worker.", [nameof(WorkerSecret)]);
        if (WorkerOldSecret.Length is > 0 and < SecretLengthMin)
            yield return new($"must be empty or have at least {SecretLengthMin} characters.", [nameof(WorkerOldSecret)]);
    }

    private static bool IsSafe(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && address is { UserInfo: "", Query: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsNear(address)));

    private static bool IsNear(Uri address)
    {
        if (address.IsLoopback)
            return true;
        if (!IPAddress.TryParse(address.Host, out var ip))
            return !address.Host.Contains('.');
        if (ip.AddressFamily == AddressFamily.InterNetworkV6)
            return ip.IsIPv6UniqueLocal || ip.IsIPv6LinkLocal;
        return ip.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..];
    }
}
