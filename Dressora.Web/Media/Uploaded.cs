using Dressora.Web.Outbound;
using Dressora.Web.Pictures;

namespace Dressora.Web.Media;

/// <summary>What a person wants with a file: what it is called, whether it is to stay, and what they state on the way.</summary>
public sealed record UploadWish(Purpose Purpose, string Label = "", bool Claims = true, bool States = false);

/// <summary>What became of a file that was sent.</summary>
public abstract record Uploaded
{
    private Uploaded()
    {
    }

    /// <summary>It is there; unclaimed when the statement is still missing or nobody asked to keep it.</summary>
    public sealed record Kept(MediaItem Item, bool IsNew) : Uploaded;

    public sealed record Refused(PictureFault Fault) : Uploaded;

    /// <summary>These bytes were removed here after a report, and are not taken again.</summary>
    public sealed record Blocked : Uploaded;

    /// <summary>It would be more than one person may keep.</summary>
    public sealed record Full(long QuotaMegabytes) : Uploaded;

    public sealed record NotFetched(FetchFault Fault) : Uploaded;

    /// <summary>Nothing of that number waits here, or not any more.</summary>
    public sealed record NotThere : Uploaded;

    /// <summary>Ours: the store does not take files now.</summary>
    public sealed record StoreDown : Uploaded;
}
