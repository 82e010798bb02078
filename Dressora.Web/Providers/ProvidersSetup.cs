using Dressora.Web.Data;
using Dressora.Web.Providers.EvoLink;
using Dressora.Web.Providers.Fal;
using Dressora.Web.Providers.Sandbox;
using Dressora.Web.Providers.Worker;

namespace Dressora.Web.Providers;

public static class ProvidersSetup
{
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionAgeMax = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddProviders(this IServiceCollection services, DataFolder folder)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<Breakers>().AddSingleton<ProviderCatalog>().AddSingleton<Wire>().AddSingleton<MachineLine>();
        services.AddEvoLink();
        services.AddFal();
        services.AddWire(WorkerProvider.Client).AddSingleton<IProvider, WorkerProvider>();
        services.AddSandbox(folder.Sandbox);
        services.AddTailor(folder.Models);
        return services;
    }

    private static void AddEvoLink(this IServiceCollection services)
    {
        services.AddWire(EvoLinkLine.Client);
        services.AddSingleton<EvoLinkLine>().AddSingleton<EvoLinkFiles>().AddSingleton<EvoLinkTasks>();
        services.AddSingleton<IProvider, EvoLinkProvider>();
    }

    private static void AddFal(this IServiceCollection services)
    {
        services.AddWire(FalLine.Client);
        services.AddSingleton<FalLine>().AddSingleton<FalInputs>().AddSingleton<FalKeys>().AddSingleton<FalCallbacks>();
        services.AddSingleton<IProvider, FalProvider>();
    }

    private static void AddSandbox(this IServiceCollection services, string folder)
    {
        services.AddWire(SandboxProvider.Client).AddWire(SandboxCalls.Client);
        services.AddSingleton(provider => new SandboxFolder(folder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SandboxServer>().AddSingleton<SandboxDesk>().AddSingleton<SandboxIntake>();
        services.AddSingleton<SandboxBench>().AddSingleton<SandboxCalls>().AddSingleton<SandboxCrafts>();
        services.AddSingleton<Cards>().AddSingleton<Films>().AddSingleton<Voices>().AddSingleton<Tool>();
        services.AddSingleton<IProvider, SandboxProvider>();
    }

    /// <summary>Wire itself limits time and bytes. A redirect would carry the key elsewhere, a log line the address.</summary>
    private static IServiceCollection AddWire(this IServiceCollection services, string name)
    {
        services.AddHttpClient(name)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                ConnectTimeout = ConnectMax,
                PooledConnectionLifetime = ConnectionAgeMax,
            })
            .RemoveAllLoggers();
        return services;
    }
}
