namespace Dressora.Web.Generation;

public enum ClaimReason
{
    NotMe,
    WrongGarment,
    Broken,
    Other,
}

public enum ClaimState
{
    /// <summary>Made good at once.</summary>
    Automatic,

    /// <summary>For an admin to judge.</summary>
    Waiting,
    Granted,
    Refused,
}

/// <summary>Somebody says that a job did not make what they asked for. Once a job.</summary>
public sealed class ResultClaim
{
    public const int WordsMax = 500;
    public const int AnswerMax = 500;

    private ResultClaim()
    {
    }

    internal ResultClaim(Job job, ClaimReason reason, string words, bool waits, DateTimeOffset now)
    {
        (JobId, UserId, Amount, Reason, Words, MadeAt) = (job.Id, job.UserId, job.Charged, reason, words, now);
        State = waits ? ClaimState.Waiting : ClaimState.Automatic;
    }

    public string JobId { get; private set; } = "";
    public long UserId { get; private set; }
    public ClaimReason Reason { get; private set; }
    public string Words { get; private set; } = "";

    /// <summary>What the job cost, and what is given again.</summary>
    public long Amount { get; private set; }
    public ClaimState State { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset? JudgedAt { get; private set; }
    public long? JudgedBy { get; private set; }
    public string Answer { get; private set; } = "";

    /// <summary>Where its credits come from: a source gives once.</summary>
    public string Source => "claim:" + JobId;
    public bool IsMadeGood => State is ClaimState.Automatic or ClaimState.Granted;

    /// <summary>False when somebody judged it before.</summary>
    internal bool Judge(bool isGranted, long by, string answer, DateTimeOffset now)
    {
        if (State != ClaimState.Waiting)
            return false;
        (State, JudgedBy, JudgedAt, Answer) = (isGranted ? ClaimState.Granted : ClaimState.Refused, by, now, answer);
        return true;
    }
}
