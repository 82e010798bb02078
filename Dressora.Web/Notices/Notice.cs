namespace Dressora.Web.Notices;

public enum NoticeKind
{
    /// <summary>A job is done.</summary>
    Done,

    /// <summary>A job came to nothing and its credits are back.</summary>
    Failed,

    /// <summary>Older results made room for newer ones.</summary>
    Evicted,

    /// <summary>Credits came in.</summary>
    Credits,

    /// <summary>The people who run this server answered.</summary>
    Answer,
}

/// <summary>Something that happened while its person may have looked elsewhere; it leads to where that can be seen.</summary>
public sealed class Notice
{
    private Notice()
    {
    }

    public long Id { get; private set; }
    public long UserId { get; private set; }
    public NoticeKind Kind { get; private set; }

    /// <summary>A path of ours; the same thing again is the same notice, new once more.</summary>
    public string Path { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }
}
