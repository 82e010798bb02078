using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Notices;

public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The SMTP server. Empty: letters are written to the log and shown to admins instead of sent.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender's address; needed with a host.</summary>
    public string From { get; set; } = "";

    /// <summary>STARTTLS. Off only for a mail server on this same machine.</summary>
    public bool Tls { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length > 0 && !new EmailAddressAttribute().IsValid(From))
            yield return new("must be an e-mail address when Mail:Host is set.", [nameof(From)]);
        if (User.Length > 0 && Host.Length > 0 && !Tls && Host is not ("127.0.0.1" or "localhost" or "::1"))
            yield return new("must be true when a password goes over the network.", [nameof(Tls)]);
    }
}
