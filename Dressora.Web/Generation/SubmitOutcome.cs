namespace Dressora.Web.Generation;

/// <summary>What came of asking.</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    public sealed record Submitted(Job Job) : SubmitOutcome;

    /// <summary>Asked before, under the same client id: this is that job, and nothing was charged again.</summary>
    public sealed record TheSame(Job Job) : SubmitOutcome;

    /// <summary>The client id belongs to a job that asked for something else.</summary>
    public sealed record OtherContent : SubmitOutcome;

    public sealed record NotEnough(long Available, long Needed) : SubmitOutcome;

    public sealed record InDebt(long Debt) : SubmitOutcome;

    /// <summary>The key's month is used up; the account's credits are not asked.</summary>
    public sealed record KeySpent(long Most) : SubmitOutcome;

    /// <summary>So many of theirs wait already.</summary>
    public sealed record TooManyWaiting(int Most) : SubmitOutcome;

    /// <summary>No model of this tool is there to ask, and nothing was held.</summary>
    public sealed record NoMaker : SubmitOutcome;
}

public enum CancelOutcome
{
    Cancelled,

    /// <summary>It had ended before.</summary>
    TooLate,

    NotFound,
}
