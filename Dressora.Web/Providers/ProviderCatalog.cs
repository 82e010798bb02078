using Microsoft.Extensions.Options;

namespace Dressora.Web.Providers;

/// <summary>Everybody who can be asked, whether ready or not.</summary>
public sealed class ProviderCatalog : IDisposable
{
    private readonly Dictionary<string, IProvider> _byName;
    private readonly IDisposable? _watch;
    private string _keys;

    public ProviderCatalog(IEnumerable<IProvider> providers, Breakers breakers, IOptionsMonitor<ProviderOptions> options)
    {
        _byName = providers.ToDictionary(provider => provider.Name, StringComparer.Ordinal);
        Breakers = breakers;
        _keys = Keys(options.CurrentValue);
        _watch = options.OnChange(Changed);
    }

    public IReadOnlyCollection<IProvider> All => _byName.Values;
    public Breakers Breakers { get; }

    public IProvider? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Set up, and not resting after failures.</summary>
    public bool CanAsk(string name) => Find(name) is { IsReady: true } && !Breakers.IsOpen(name);

    public void Dispose() => _watch?.Dispose();

    private void Changed(ProviderOptions options)
    {
        var keys = Keys(options);
        if (Interlocked.Exchange(ref _keys, keys) != keys)
            Breakers.ForgiveKeys();
    }

    private static string Keys(ProviderOptions options) =>
        string.Join('\n', options.FalKey, options.EvoLinkKey, options.OpenRouterKey, options.WorkerSecret);
}
