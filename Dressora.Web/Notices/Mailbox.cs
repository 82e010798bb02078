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
        var carrier = transport();
        string? error = null;
        try
        {
            await carrier.SendAsync(mail.Recipient, mail.Subject, mail.Body, cancel);
        }
        catch (MailRefusedException e)
        {
            error = e.Message;
            Log.Refused(log, mail.Id);
        }

        await database.WriteAsync(write => RecordAsync(write, mail.Id, error, carrier.Delivers), CancellationToken.None);
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
            await write.HoldAsync("mailbox");
            var due = await write.Db.Mails.Where(mail => mail.State == MailState.Waiting && mail.DueAt <= write.Now)
                .OrderBy(mail => mail.DueAt).FirstOrDefaultAsync();
            due?.Lease(write.Now + SendingMax);
            return due;
        });
    }

    /// <summary>Unless it went, with the account it was about, while it was sent.</summary>
    private static async Task RecordAsync(Write write, long id, string? error, bool left)
    {
        if (await write.Db.Mails.SingleOrDefaultAsync(mail => mail.Id == id) is not { } mail)
            return;
        if (error is null)
            mail.Sent(write.Now, left);
        else
            mail.Failed(error, write.Now);
    }

    private static partial class Log
    {
        /// <summary>What the mail server said stands with the letter: it often quotes the address.</summary>
        [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was not taken; Admin, Letters says why")]
        public static partial void Refused(ILogger logger, long mailId);
    }
}
