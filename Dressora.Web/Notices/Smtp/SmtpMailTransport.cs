using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Notices.Smtp;

internal sealed class SmtpMailTransport(IOptionsMonitor<MailOptions> options) : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool Delivers => true;

    public async Task SendAsync(string to, string subject, string body, CancellationToken cancel)
    {
        var mail = options.CurrentValue;
        using var client = new SmtpClient(mail.Host, mail.Port) { EnableSsl = mail.Tls };
        if (mail.User.Length > 0)
            client.Credentials = new NetworkCredential(mail.User, mail.Password);
        using var message = new MailMessage(mail.From, to, subject, body)
        {
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpException e)
        {
            throw new MailRefusedException($"{e.StatusCode}: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new MailRefusedException($"No answer from {mail.Host} in {Patience.TotalSeconds} s.", e);
        }
    }
}
