namespace Dressora.Web.Notices.Log;

/// <summary>With no SMTP server the log is the letter box, so that a fresh install is usable at once.</summary>
internal sealed partial class LogMailTransport(ILogger<LogMailTransport> log) : IMailTransport
{
    public bool Delivers => false;

    public Task SendAsync(string to, string subject, string body, CancellationToken cancel)
    {
        Letter(log, to, subject, body);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No mail server is set. To {To}: {Subject}\n{Body}")]
    private static partial void Letter(ILogger logger, string to, string subject, string body);
}
