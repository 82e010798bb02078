using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Notices.Smtp;

internal sealed class SmtpMailTransport(IOptionsMonitor<MailOptions> options, TimeProvider clock) : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool Delivers => true;

    public async Task SendAsync(string to, string subject, string body, CancellationToken cancel)
    {
        var mail = options.CurrentValue;
        using var patience = new CancellationTokenSource(Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            using var client = new SmtpClient(mail.Host, mail.Port) { EnableSsl = mail.Tls };
            if (mail.User.Length > 0)
                client.Credentials = new NetworkCredential(mail.User, mail.Password);
            using var message = new MailMessage(mail.From, to, subject, body)
            {
                SubjectEncoding = Encoding.UTF8,
                BodyEncoding = Encoding.UTF8,
            };
            message.Headers.Add("Auto-Submitted", "auto-generated");
            await client.SendMailAsync(message, limit.Token);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            throw new MailRefusedException($"No answer from {mail.Host} in {Patience.TotalSeconds} s.");
        }
        catch (SmtpException e)
        {
            throw new MailRefusedException($"{e.StatusCode}: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or AuthenticationException or IOException or SocketException)
        {
            throw new MailRefusedException(e.Message, e);
        }
    }
}
