namespace Dressora.Web.Moderation;

public enum ReportReason
{
    /// <summary>Somebody says that it shows them, and that they did not agree.</summary>
    Me,

    Child,
    Undressed,
    Illegal,
    Other,
}

public enum ReportState
{
    Open,
    Kept,
    Removed,

    /// <summary>The picture went with its owner's account before anybody judged it.</summary>
    Moot,
}

/// <summary>What somebody said about a shared picture. It is judged within a day.</summary>
public sealed class Report
{
    public const int WordsMax = 1_000;
    public const int AnswerMax = 300;
    public static readonly TimeSpan JudgedWithin = TimeSpan.FromHours(24);

    private Report()
    {
    }

    internal Report(Reported picture, ReportReason reason, string words, bool hides, DateTimeOffset now)
    {
        (Subject, OwnerId, MediaId, Sha256) = (picture.Subject, picture.OwnerId, picture.MediaId, picture.Sha256);
        (Reason, Words, Hides) = (reason, words, hides);
        (MadeAt, DueAt) = (now, now + JudgedWithin);
    }

    public long Id { get; private set; }

    /// <summary>What it is about, as whoever shows it calls it.</summary>
    public string Subject { get; private set; } = "";
    public long OwnerId { get; private set; }
    public string MediaId { get; private set; } = "";

    /// <summary>Of the picture as it was then: its owner may delete it before somebody judges.</summary>
    public string Sha256 { get; private set; } = "";
    public ReportReason Reason { get; private set; }
    public string Words { get; private set; } = "";

    /// <summary>Whether the picture is kept from sight until it is judged.</summary>
    public bool Hides { get; private set; }
    public ReportState State { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? JudgedAt { get; private set; }
    public long? JudgedBy { get; private set; }
    public string Answer { get; private set; } = "";

    public bool IsOverdue(DateTimeOffset now) => State == ReportState.Open && DueAt <= now;

    /// <summary>False when somebody judged it before.</summary>
    internal bool Judge(ReportState state, long? by, string answer, DateTimeOffset now)
    {
        if (State != ReportState.Open)
            return false;
        (State, JudgedBy, JudgedAt, Answer) = (state, by, now, answer);
        return true;
    }
}

/// <summary>A picture that somebody shows, and who owns it.</summary>
public sealed record Reported(string Subject, long OwnerId, string MediaId, string Sha256);
