namespace Dressora.Web.Providers;

/// <summary>A call from outside, as it came: nothing in it is believed before its bytes are checked.</summary>
/// <param name="JobId">From the address it was sent to.</param>
/// <param name="ExternalId">What the provider called the job when it accepted it, if that is known already.</param>
public sealed record CallbackCall(
    string JobId, string? ExternalId, IReadOnlyDictionary<string, string[]> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>The one value of a header; null when it is missing or there twice.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) && values is [var only] ? only : null;
}

public abstract record Callback
{
    private Callback()
    {
    }

    /// <summary>Signed, fresh and about this job.</summary>
    /// <param name="EventId">What tells a repetition from news, where the provider says so.</param>
    public sealed record Verified(Snapshot Snapshot, string? EventId = null) : Callback;

    /// <summary>Perhaps true: worth a poll.</summary>
    public sealed record Hint : Callback;

    /// <summary>Not from whom it says, too old, or about something else.</summary>
    public sealed record Forged(string Why) : Callback;
}
