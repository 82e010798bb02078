namespace Dressora.Web.Media;

public enum DeletionReason
{
    Asked,
    Evicted,
    Unclaimed,
    Account,
    Expired,
    Orphan,
    Lost,
}

public enum DeletionState
{
    Waiting,
    Done,
}

/// <summary>Bytes that have to go, and afterwards the record that they went.</summary>
public sealed class Deletion
{
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12),
    ];

    private const int ErrorMax = 300;
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    private Deletion()
    {
    }

    public Deletion(string blobKey, DeletionReason reason, DateTimeOffset now, TimeSpan grace = default)
    {
        (BlobKey, Reason, MarkedAt, DueAt) = (blobKey, reason, now, now + grace);
    }

    public long Id { get; private set; }
    public string BlobKey { get; private set; } = "";
    public DeletionReason Reason { get; private set; }
    public DeletionState State { get; private set; }
    public int Attempts { get; private set; }
    public string LastError { get; private set; } = "";
    public DateTimeOffset MarkedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Every quick try failed: a person has to look.</summary>
    public bool IsWorrying => State == DeletionState.Waiting && Attempts > Pauses.Count;

    public void Lease(DateTimeOffset until) => DueAt = until;

    public void Finish(DateTimeOffset now)
    {
        (State, DoneAt, LastError) = (DeletionState.Done, now, "");
        Attempts++;
    }

    public void Fail(string error, DateTimeOffset now)
    {
        DueAt = now + (Attempts < Pauses.Count ? Pauses[Attempts] : Daily);
        Attempts++;
        LastError = error.Length > ErrorMax ? error[..ErrorMax] : error;
    }

    public bool TryAgain(DateTimeOffset now)
    {
        if (State != DeletionState.Waiting)
            return false;
        DueAt = now;
        return true;
    }
}
