using System.Collections.Concurrent;

namespace Dressora.Web.Providers;

public enum BreakerState
{
    /// <summary>Asked as usual.</summary>
    Closed,

    /// <summary>Not asked until it has rested.</summary>
    Open,

    /// <summary>Rested: one is let through to see.</summary>
    Trying,
}

/// <summary>How a provider stands with us.</summary>
/// <param name="Cause">What opened it; null while it is closed.</param>
/// <param name="TriesAt">When the next one may be asked.</param>
/// <param name="LastErrors">Newest first.</param>
public sealed record BreakerView(
    string Provider,
    BreakerState State,
    ProviderError? Cause,
    DateTimeOffset? Since,
    DateTimeOffset? TriesAt,
    IReadOnlyList<BreakerError> LastErrors);

public sealed record BreakerError(DateTimeOffset At, ProviderError Error);

/// <summary>
/// Who should not be asked for a while. A wrong key or an empty purse opens at once, a bad patch after some failures in a
/// row; after a rest one request is let through, and what comes of it decides. Each server process learns for itself.
/// </summary>
public sealed class Breakers(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Breaker> _all = new(StringComparer.Ordinal);

    /// <summary>Whether it is worth preferring this provider now. Takes nothing.</summary>
    public bool IsOpen(string provider) => View(provider).State == BreakerState.Open;

    /// <summary>Asked right before a request: after a rest, only one at a time is let through.</summary>
    public bool TryPass(string provider) => Of(provider).TryPass(clock.GetUtcNow());

    /// <summary>What came of a request. True when this one opened the breaker: somebody should be told, once.</summary>
    public bool Failed(string provider, ProviderError error) => Of(provider).Failed(error, clock.GetUtcNow());

    public void Succeeded(string provider) => Of(provider).Succeeded();

    /// <summary>An admin says that it is well again.</summary>
    public void Reset(string provider) => Of(provider).Close();

    public BreakerView View(string provider) => Of(provider).View(provider, clock.GetUtcNow());

    /// <summary>A new key deserves a new chance.</summary>
    internal void ForgiveKeys()
    {
        foreach (var breaker in _all.Values)
            breaker.ForgiveKeys();
    }

    private Breaker Of(string provider) => _all.GetOrAdd(provider, _ => new Breaker());
}
