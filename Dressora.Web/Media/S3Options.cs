using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Media;

/// <summary>A bucket of Cloudflare R2, MinIO, AWS or whoever speaks S3. Where one is named, files lie there and not on our disk.</summary>
public sealed class S3Options : IValidatableObject
{
    public const string Section = "S3";

    /// <summary>Where the company answers, as in https://account.r2.cloudflarestorage.com; empty is AWS itself.</summary>
    public string Address { get; set; } = "";

    public string Region { get; set; } = "auto";

    [RegularExpression(@"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|", ErrorMessage = "must be a bucket's name: small letters, digits, dots and hyphens.")]
    public string Bucket { get; set; } = "";

    public string KeyId { get; set; } = "";

    [DataType(DataType.Password)]
    public string SecretKey { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address.Length > 0 && !(Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            yield return new("must be an address such as https://account.r2.cloudflarestorage.com, or empty for AWS.", [nameof(Address)]);
        if (Bucket.Length > 0 && (KeyId.Length == 0 || SecretKey.Length == 0))
            yield return new("needs KeyId and SecretKey beside it.", [nameof(Bucket)]);
    }
}
