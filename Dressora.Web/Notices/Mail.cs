namespace Dressora.Web.Notices;

public enum MailState
{
    Waiting,
    Sent,
    GivenUp,
}

/// <summary>A letter. It is written with what caused it, in one write, and sent after.</summary>
public sealed class Mail
{
    /// <summary>After the last of these nobody waits for the letter any more.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
    ];

    private Mail()
    {
    }

    public Mail(string to, string subject, string body, DateTimeOffset now)
    {
        Recipient = to;
        Subject = string.Concat(subject.Where(letter => !char.IsControl(letter)));
        Body = body;
        CreatedAt = DueAt = now;
    }

    public long Id { get; private set; }
    public string Recipient { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public string Body { get; private set; } = "";
    public MailState State { get; private set; }
    public int Attempts { get; private set; }
    public string LastError { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Keeps others off it while it is being sent; a sender that died leaves it due again.</summary>
    public void Lease(DateTimeOffset until) => DueAt = until;

    /// <summary>A letter that left holds a secret which is nobody's here any more: only that there was one is kept.</summary>
    public void Sent(DateTimeOffset now, bool left)
    {
        State = MailState.Sent;
        SentAt = now;
        LastError = "";
        if (left)
            Body = "";
    }

    public void Failed(string error, DateTimeOffset now)
    {
        LastError = error;
        if (Attempts >= Pauses.Length)
            State = MailState.GivenUp;
        else
            DueAt = now + Pauses[Attempts++];
    }

    /// <summary>An admin mended what was wrong: the letter that was given up waits anew.</summary>
    public bool TryAgain(DateTimeOffset now)
    {
        if (State != MailState.GivenUp)
            return false;
        (State, Attempts, DueAt) = (MailState.Waiting, 0, now);
        return true;
    }
}
