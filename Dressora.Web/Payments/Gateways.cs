namespace Dressora.Web.Payments;

/// <summary>Everybody who can take money, whether set up or not.</summary>
public sealed class Gateways(IEnumerable<IGateway> gateways)
{
    public IReadOnlyList<IGateway> All { get; } = [.. gateways];

    /// <summary>Those that somebody can pay with now.</summary>
    public IReadOnlyList<IGateway> Ready => [.. All.Where(gateway => gateway.Traits is not null)];

    public IGateway? Find(string name) => All.FirstOrDefault(gateway => gateway.Name == name);

    /// <summary>Null where it works in the other mode now, or not at all.</summary>
    public IGateway? Find(Counter counter) => Find(counter.Gateway) is { } gateway && gateway.Traits?.Mode == counter.Mode ? gateway : null;
}
