namespace Dressora.Web.Media;

public enum Purpose
{
    Person,
    Garment,
    Input,
    Preview,
    Result,
    Export,
}

public enum MediaKind
{
    Picture,
    Film,
    Sound,
    Archive,
}

public enum MediaState
{
    Kept,
    Deleting,
    Gone,
}

/// <summary>A file somebody owns. The row stays when the bytes are gone, as the record that there was one.</summary>
public sealed class MediaItem
{
    public const int LabelMax = 80;

    private MediaItem()
    {
    }

    internal MediaItem(StoredFile file, Purpose purpose, bool isClaimed, string label, DateTimeOffset now)
    {
        (Id, OwnerId, BlobKey, Type, Kind) = (file.Id, file.OwnerId, file.BlobKey, file.Type, file.Kind);
        (Bytes, Sha256, SourceSha256) = (file.Bytes, file.Sha256, file.SourceSha256);
        (Width, Height, DurationMs) = (file.Width, file.Height, (long?)file.Duration?.TotalMilliseconds);
        (Purpose, IsClaimed, Label) = (purpose, isClaimed, label);
        CreatedAt = UsedAt = now;
    }

    public string Id { get; private set; } = "";
    public long OwnerId { get; private set; }
    public Purpose Purpose { get; private set; }
    public MediaKind Kind { get; private set; }
    public MediaState State { get; private set; }

    /// <summary>Whether somebody meant to keep it; what nobody claimed goes after a day.</summary>
    public bool IsClaimed { get; private set; }
    public string BlobKey { get; private set; } = "";
    public string Type { get; private set; } = "";
    public long Bytes { get; private set; }
    public string Sha256 { get; private set; } = "";

    /// <summary>Of what was sent, before it was developed: the same again is not stored again.</summary>
    public string SourceSha256 { get; private set; } = "";
    public int? Width { get; private set; }
    public int? Height { get; private set; }
    public long? DurationMs { get; private set; }
    public string Label { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UsedAt { get; private set; }
    public DateTimeOffset? MarkedAt { get; private set; }
    public DateTimeOffset? GoneAt { get; private set; }

    public void Claim(string label, DateTimeOffset now)
    {
        IsClaimed = true;
        UsedAt = now;
        if (label.Length > 0)
            Label = label;
    }

    public void Rename(string label) => Label = label;

    /// <summary>From now on nobody reaches it; false when that is so already.</summary>
    internal bool Mark(DateTimeOffset now)
    {
        if (State != MediaState.Kept)
            return false;
        (State, MarkedAt) = (MediaState.Deleting, now);
        return true;
    }

    /// <summary>For an eviction that its owner undid in time.</summary>
    internal bool Unmark()
    {
        if (State != MediaState.Deleting)
            return false;
        (State, MarkedAt) = (MediaState.Kept, null);
        return true;
    }

    /// <summary>The bytes are gone; what told about them goes too.</summary>
    internal void Vanish(DateTimeOffset now)
    {
        (State, GoneAt) = (MediaState.Gone, now);
        MarkedAt ??= now;
        Label = Sha256 = SourceSha256 = "";
    }
}
