using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Operations;

/// <summary>Where the server stands; these three have no section.</summary>
public sealed class ServerOptions : IValidatableObject
{
    public const string Section = "";

    /// <summary>The one folder that everything is kept in, and that an owner backs up.</summary>
    [Required]
    public string Data { get; set; } = "data";

    /// <summary>The addresses to listen at, separated by semicolons.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>In a container: listen at this port on every address. Urls wins over it.</summary>
    [Range(1, 65_535)]
    public int? Port { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var url in Split(Urls))
        {
            if (!IsAddress(url))
                yield return new("must be addresses such as http://127.0.0.1:5080, separated by semicolons.", [nameof(Urls)]);
        }
    }

    /// <summary>What to listen at when no address is named: this machine only, or all of a container.</summary>
    internal static string UrlsWhenUnset(string? port) =>
        int.TryParse(port, out var number) ? $"http://0.0.0.0:{number}" : new ServerOptions().Urls;

    internal static string[] Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && address.Port is >= 0 and <= 65_535;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
