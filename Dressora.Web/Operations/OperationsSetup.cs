namespace Dressora.Web.Operations;

public static class OperationsSetup
{
    private static readonly TimeSpan StoppingMax = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StoppingMax);
        services.AddSingleton<SetupKey>();
        services.AddSingleton<SavedSettings>();
        services.AddHostedService<VerbDoor>();
        return services;
    }
}
