namespace Dressora.Web.Generation;

/// <summary>Where a job stands; the last three are for ever.</summary>
public enum JobState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>A maker is being asked: it may have begun, even when no answer ever comes.</summary>
    Sending,

    Working,

    /// <summary>An early picture is there and the final follows.</summary>
    Previewed,

    /// <summary>Made, and being copied into our own storage.</summary>
    Saving,

    Done,
    Cancelled,
    Failed,
}

/// <summary>Why a job came to nothing. Whatever it is, the credits went back.</summary>
public enum FailReason
{
    /// <summary>The maker's rules forbid it.</summary>
    Refused,

    /// <summary>The maker could not use what it was given.</summary>
    BadInput,

    /// <summary>No enabled model could take it.</summary>
    NoMaker,

    /// <summary>The maker tried and failed.</summary>
    MakerFailed,

    /// <summary>It said it was done and gave nothing.</summary>
    Empty,

    /// <summary>What it gave is not what was asked: broken, too large, of the wrong kind, or not to be fetched.</summary>
    BadResult,

    /// <summary>The maker never answered.</summary>
    Lost,

    Deadline,

    /// <summary>Our own storage would not take the result.</summary>
    Storage,

    /// <summary>An admin ended it.</summary>
    Ended,
}
