using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Dressora.Web.Shell;

/// <summary>What this house is called and where it stands.</summary>
public sealed class SiteOptions : IValidatableObject
{
    public const string Section = "Site";

    [Required, StringLength(60)]
    public string Name { get; set; } = "Dressora";

    /// <summary>The address people type, as in <c>https://studio.example.org</c>. Letters link to it.</summary>
    public string Address { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Where people write to whoever runs this server; shown on public pages. Empty shows nothing.</summary>
    [StringLength(254)]
    public string Contact { get; set; } = "";

    /// <summary>
    /// Proxies besides this machine whose word about the visitor counts: addresses or networks, by commas.
    /// </summary>
    public string Proxies { get; set; } = "";

    /// <summary>Multiplies every limit on how often; load tests raise it.</summary>
    [Range(0.01, 1_000_000)]
    public double RateScale { get; set; } = 1;

    public Uri At(string path) => new(new Uri(Address), path);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "http" or "https", AbsolutePath: "/" })
        {
            yield return new(
                "must be an address such as https://studio.example.org, with nothing behind it.", [nameof(Address)]);
        }

        if (Contact.Length > 0 && !new EmailAddressAttribute().IsValid(Contact))
            yield return new("must be an e-mail address, or empty.", [nameof(Contact)]);
        foreach (var proxy in ProxyList().Where(proxy => !IPNetwork.TryParse(Wide(proxy), out _)))
        {
            yield return new(
                $"names {proxy}, which is neither an address nor a network such as 10.0.0.0/8.", [nameof(Proxies)]);
        }
    }

    internal IEnumerable<IPNetwork> ProxyNetworks() => ProxyList().Select(proxy => IPNetwork.Parse(Wide(proxy)));

    private string[] ProxyList() =>
        Proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Wide(string proxy) =>
        proxy.Contains('/', StringComparison.Ordinal) ? proxy
        : proxy.Contains(':', StringComparison.Ordinal) ? $"{proxy}/128"
        : $"{proxy}/32";
}
