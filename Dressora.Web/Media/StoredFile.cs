namespace Dressora.Web.Media;

/// <summary>Bytes that lie in the store and belong to nobody yet: a write makes them a <see cref="MediaItem"/>.</summary>
public sealed record StoredFile(
    string Id, long OwnerId, string BlobKey, string Type, MediaKind Kind, long Bytes, string Sha256, string SourceSha256)
{
    public int? Width { get; init; }
    public int? Height { get; init; }
    public TimeSpan? Duration { get; init; }
}
