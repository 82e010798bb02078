namespace Dressora.Web.Providers;

/// <summary>How a job stood when somebody looked.</summary>
/// <param name="Progress">0 to 100.</param>
/// <param name="Preview">An early picture of what is coming.</param>
/// <param name="Cost">What the provider says it cost, in its own words, for the owner.</param>
public sealed record Snapshot(
    SnapshotState State,
    int? Progress = null,
    int? Position = null,
    ProviderOutput? Preview = null,
    IReadOnlyList<ProviderOutput>? Finals = null,
    ProviderError? Error = null,
    string? Cost = null)
{
    public IReadOnlyList<ProviderOutput> Outputs => Finals ?? [];

    public static Snapshot Failed(ProviderError error) => new(SnapshotState.Failed, Error: error);

    /// <summary>Nothing could be learned this time; whoever asked asks again.</summary>
    public static Snapshot Unclear(ProviderError error) => new(SnapshotState.Unclear, Error: error);
}

public enum SnapshotState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>A dead wire, or a word we do not know: neither good nor bad news.</summary>
    Unclear,
}

/// <summary>One result: bytes that came with the answer, or an address to fetch them from.</summary>
/// <param name="Address">Fetched by a client without credentials from the provider's known hosts, unless the provider is an
/// <see cref="IFetchesResults"/>.</param>
/// <param name="Mime">What the provider calls it; believed by nobody.</param>
public sealed record ProviderOutput(Uri? Address, ReadOnlyMemory<byte>? Bytes = null, string? Mime = null);

public sealed record ProviderError(ErrorClass Class, string Code, string Message, TimeSpan? RetryAfter = null);

public enum ErrorClass
{
    Transient,
    RateLimited,
    RejectedContent,
    BadInput,
    Auth,
    OutOfFunds,
    Timeout,

    /// <summary>Nothing is wrong, but this model does not do that; another may.</summary>
    Unsupported,
}

public enum Cancellation
{
    Requested,
    TooLate,
    Unsupported,
}
