using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Notices;

/// <summary>Letters: posted inside somebody's write, sent one by one after it.</summary>
public sealed partial class Mailbox(
    Database database, Func<IMailTransport> transport, MailBell bell, TimeProvider clock, ILogger<Mailbox> log)
{
    private static readonly TimeSpan SendingMax = TimeSpan.FromMinutes(2);

    /// <summary>Whether letters leave this server; if not, an admin reads them here.</summary>
    public bool Delivers => transport().Delivers;

    public void Post(Write write, string to, string subject, string body)
    {
        write.Db.Mails.Add(new Mail(to, subject, body, write.Now));
        write.AfterCommit(bell.Ring);
    }

    /// <summary>Sends the oldest letter that is due; false when none is.</summary>
    public async Task<bool> SendNextAsync(CancellationToken cancel)
    {
        if (await LeaseAsync() is not { } mail)
            return false;
        string? error = null;
        try
        {
            await transport().SendAsync(mail.Recipient, mail.Subject, mail.Body, cancel);
        }
        catch (MailRefusedException e)
        {
            error = e.Message;
            Log.Refused(log, mail.Id, e.Message);
        }

        await database.WriteAsync(write => RecordAsync(write, mail.Id, error), CancellationToken.None);
        return true;
    }

    public Task<bool> AgainAsync(long id, long actorId) => database.WriteAsync(async write =>
    {
        var mail = await write.Db.Mails.SingleOrDefaultAsync(mail => mail.Id == id);
        if (mail is null || !mail.TryAgain(write.Now))
            return false;
        write.Audit(actorId, "send again", $"letter {id}");
        write.AfterCommit(bell.Ring);
        return true;
    });

    private async Task<Mail?> LeaseAsync()
    {
        var now = clock.GetUtcNow();
        if (!await database.AnyAsync($"SELECT 1 FROM mails WHERE state = 'Waiting' AND due_at <= {now} LIMIT 1"))
            return null;
        return await database.WriteAsync(async write =>
        {
            var due = await write.Db.Mails.Where(mail => mail.State == MailState.Waiting && mail.DueAt <= write.Now)
                .OrderBy(mail => mail.DueAt).FirstOrDefaultAsync();
            due?.Lease(write.Now + SendingMax);
            return due;
        });
    }

    private static async Task RecordAsync(Write write, long id, string? error)
    {
        var mail = await write.Db.Mails.SingleAsync(mail => mail.Id == id);
        if (error is null)
            mail.Sent(write.Now);
        else
            mail.Failed(error, write.Now);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was not taken: {Error}")]
        public static partial void Refused(ILogger logger, long mailId, string error);
    }
}
