using System.Net;

namespace Dressora.Web.Outbound;

public static class OutboundSetup
{
    private const int HeaderKilobytesMax = 32;
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddHttpClient(Fetcher.ClientName, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("Dressora"))
            .ConfigurePrimaryHttpMessageHandler(() => Handler(GuardedDialer.OfThisMachine))
            // Its log lines would hold addresses, and an address may be a key to somebody's picture.
            .RemoveAllLoggers();
        services.AddSingleton<Fetcher>();
        return services;
    }

    /// <summary>No proxy, no cookies, no credentials, no redirects of its own, and every connection through the guard.</summary>
    internal static SocketsHttpHandler Handler(GuardedDialer dialer) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = HeaderKilobytesMax,
        ConnectTimeout = ConnectMax,
        PooledConnectionLifetime = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancel) =>
            await dialer.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancel),
    };
}
