namespace Dressora.Web.Media;

public enum ExportState
{
    Waiting,
    Working,
    Ready,
    Failed,
    Gone,
}

/// <summary>Somebody's copy of everything: asked for, packed in the background, fetched, and gone after a week.</summary>
public sealed class Export
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private const int AttemptsMax = 3;
    private const int ErrorMax = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private Export()
    {
    }

    public Export(long userId, DateTimeOffset now) => (UserId, AskedAt, DueAt) = (userId, now, now);

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public ExportState State { get; private set; }
    public int Attempts { get; private set; }
    public int FilesDone { get; private set; }
    public int FilesAll { get; private set; }
    public string? MediaId { get; private set; }
    public string LastError { get; private set; } = "";
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public bool IsOpen => State is ExportState.Waiting or ExportState.Working;

    public void Lease(DateTimeOffset until)
    {
        (State, DueAt) = (ExportState.Working, until);
        Attempts++;
    }

    public void Reach(int done, int all, DateTimeOffset until) => (FilesDone, FilesAll, DueAt) = (done, all, until);

    public void Finish(string mediaId, DateTimeOffset now) => (State, MediaId, FinishedAt, LastError) = (ExportState.Ready, mediaId, now, "");

    public void Fail(string error, DateTimeOffset now)
    {
        LastError = error.Length > ErrorMax ? error[..ErrorMax] : error;
        if (Attempts >= AttemptsMax)
            (State, FinishedAt) = (ExportState.Failed, now);
        else
            (State, DueAt) = (ExportState.Waiting, now + Pause);
    }

    public void Vanish() => State = ExportState.Gone;
}
