using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Generation;

/// <summary>
/// Where a provider calls back: the address holds the job and a word only that provider was told, so that a call which
/// beats the answer to the submission is still found.
/// </summary>
internal sealed class CallbackAddresses(IOptionsMonitor<SiteOptions> site, IServer server)
{
    internal Uri? Of(Job job, IProvider provider)
    {
        if (provider.Traits.Callback == CallbackTrust.None)
            return null;
        var path = $"/hooks/providers/{provider.Name}/{job.Id}/{job.CallbackToken}";
        return provider.Traits.CallsFromHere && ListensAt() is { } here ? new Uri(here, path) : site.CurrentValue.At(path);
    }

    private Uri? ListensAt()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        foreach (var everywhere in new[] { "://0.0.0.0", "://[::]", "://*", "://+" })
            first = first?.Replace(everywhere, "://127.0.0.1", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out var uri) ? uri : null;
    }
}
