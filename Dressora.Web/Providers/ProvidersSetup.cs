namespace Dressora.Web.Providers;

public static class ProvidersSetup
{
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<Breakers>();
        services.AddSingleton<ProviderCatalog>();
        return services;
    }
}
