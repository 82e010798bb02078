namespace Dressora.Web.Providers;

/// <summary>Something that speaks the worker's protocol: where it is and what it signs with, the newest secret first.</summary>
internal sealed record Machine(string Client, Uri Address, IReadOnlyList<string> Secrets)
{
    internal Uri At(string path) => new(Address.AbsoluteUri.TrimEnd('/') + path);

    internal bool Holds(Uri address) =>
        address.Scheme == Address.Scheme && address.Host == Address.Host && address.Port == Address.Port;
}
