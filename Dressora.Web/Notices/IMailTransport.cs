namespace Dressora.Web.Notices;

/// <summary>Hands one letter on. Throws <see cref="MailRefusedException"/> when it was not taken.</summary>
public interface IMailTransport
{
    bool Delivers { get; }

    Task SendAsync(string to, string subject, string body, CancellationToken cancel);
}

public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
