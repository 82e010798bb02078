using Dressora.Web.Providers.Tailor;

namespace Dressora.Web.Providers;

/// <summary>The tailor, who works on this machine: the server's side of him, and the child's.</summary>
public static class TailorSetup
{
    /// <summary>Nobody types it: the server starts itself with it, to fit a garment in another process.</summary>
    public const string Verb = TailorChild.Verb;

    public static Task RunChildAsync() => TailorChild.RunAsync();

    public static IServiceCollection AddTailor(this IServiceCollection services, string models)
    {
        services.AddSingleton(new ModelFiles(models)).AddSingleton<TailorBench>();
        services.AddSingleton<PhotoJudge, TailorEyes>();
        services.AddSingleton<IProvider, TailorProvider>();
        return services;
    }
}
