namespace Dressora.Web.Providers;

/// <summary>
/// A company, a machine of the owner's own, or the sandbox: it makes what is asked and says how it goes. It knows no
/// database and no credits, and it never throws for what the other side does: a dead wire is an answer too.
/// </summary>
public interface IProvider
{
    /// <summary>One word, as in model rows and callback addresses: <c>fal</c>.</summary>
    string Name { get; }

    ProviderTraits Traits { get; }

    /// <summary>Whether it can be asked at all: its key is set, its machine is known.</summary>
    bool IsReady { get; }

    Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel);

    Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel);

    Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel);

    Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel);

    /// <summary>Asks something that costs nothing and needs the key.</summary>
    Task<ProviderError?> TestKeyAsync(CancellationToken cancel);
}

/// <summary>A provider whose results only it can fetch: they need its key, or lie on this machine.</summary>
public interface IFetchesResults
{
    /// <summary>The bytes, or null when they are not there. The caller counts them and closes the stream.</summary>
    Task<Stream?> OpenResultAsync(Uri address, CancellationToken cancel);
}

/// <summary>What a provider can do, as facts the engine asks before it acts.</summary>
/// <param name="Callback">How far a callback may be believed.</param>
/// <param name="HonoursKeys">The same idempotency key twice is one paid job.</param>
/// <param name="CallsFromHere">It runs on this machine, so it calls the address this server listens at, not the site's public one.</param>
/// <param name="IsRehearsal">It makes placeholders, so that the way can be walked before anybody owns a key.</param>
/// <param name="IsQuick">It fits a collage of the two photos, so nobody may take its results for more.</param>
/// <param name="ResultHosts">Host names, or <c>.suffixes</c>, from which its results may be fetched.</param>
public sealed record ProviderTraits(
    CallbackTrust Callback, bool HonoursKeys, bool CanCancel, IReadOnlyList<string> ResultHosts, bool CallsFromHere = false,
    bool IsRehearsal = false, bool IsQuick = false);

public enum CallbackTrust
{
    /// <summary>It calls nobody.</summary>
    None,

    /// <summary>Unsigned: a reason to poll and no more.</summary>
    Hint,

    Proof,
}
