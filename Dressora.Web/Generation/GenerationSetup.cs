using Dressora.Web.Accounts;
using Dressora.Web.Data;

namespace Dressora.Web.Generation;

public static class GenerationSetup
{
    public static IServiceCollection AddGeneration(this IServiceCollection services)
    {
        services.AddSingleton<JobBell>().AddSingleton<Bell>(made => made.GetRequiredService<JobBell>());
        services.AddSingleton<ModelShelf>().AddSingleton<Makers>().AddSingleton<Endings>().AddSingleton<Queue>();
        services.AddSingleton<CallbackAddresses>().AddSingleton<Collector>().AddSingleton<Finaliser>();
        services.AddSingleton<Sender>().AddSingleton<Watcher>().AddSingleton<Desk>().AddSingleton<History>();
        services.AddSingleton<Generator>().AddSingleton<JobBook>().AddSingleton<Offers>().AddSingleton<Places>();
        services.AddSingleton<Shares>().AddSingleton<Takedown>().AddSingleton<Claims>();
        services.AddSingleton<ProviderHooks>().AddSingleton<Goodbye>();
        services.AddSingleton<Farewell>(made => made.GetRequiredService<Goodbye>().SayAsync);
        services.AddSingleton<Recalls>().AddHostedService(made => made.GetRequiredService<Recalls>());
        services.AddHostedService<JobWorker>();
        return services;
    }

    public static void MapGeneration(this IEndpointRouteBuilder routes) => ProviderHooks.Map(routes);
}
