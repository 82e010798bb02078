namespace Dressora.Web.Media;

/// <summary>Where bytes lie, by key. It knows no people and no rows.</summary>
public interface IBlobStore
{
    /// <summary>All or nothing: after a failure or a crash there is no blob of that key, or the whole of it.</summary>
    Task PutAsync(string key, Stream content, string type, CancellationToken cancel);

    Task<Blob?> FindAsync(string key, CancellationToken cancel);

    /// <summary>From a byte on, up to <paramref name="count"/> of them or more; null when there is no such blob.</summary>
    Task<Stream?> OpenAsync(string key, long from, long count, CancellationToken cancel);

    /// <summary>A blob that is gone already is no fault.</summary>
    Task DeleteAsync(string key, CancellationToken cancel);

    /// <summary>What lies under a folder such as <c>user_7/</c>, or everything, leftovers of broken writes included.</summary>
    IAsyncEnumerable<Blob> ListAsync(string prefix, CancellationToken cancel);

    /// <summary>Where a program may put this blob without passing through us; null where there is no such way.</summary>
    Uri? PresignPut(string key, string type, TimeSpan lifetime);

    Uri? PresignGet(string key, TimeSpan lifetime);
}

public sealed record Blob(string Key, long Bytes, DateTimeOffset ChangedAt);

/// <summary>The store did not do what it was asked: full, broken or out of reach. Trying later may help.</summary>
public sealed class StoreFailedException(string message, Exception? inner = null) : Exception(message, inner);
