using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Shell;

/// <summary>What this house is called and where it stands.</summary>
public sealed class SiteOptions : IValidatableObject
{
    public const string Section = "Site";

    [Required, StringLength(60)]
    public string Name { get; set; } = "Dressora";

    /// <summary>The address people type, as in <c>https://studio.example.org</c>. Letters link to it.</summary>
    public string Address { get; set; } = "http://127.0.0.1:5080";

    public Uri At(string path) => new(new Uri(Address), path);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.AbsolutePath != "/")
            yield return new("must be an address such as https://studio.example.org, with nothing behind it.", [nameof(Address)]);
    }
}
