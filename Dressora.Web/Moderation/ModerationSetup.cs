using Dressora.Web.Accounts;

namespace Dressora.Web.Moderation;

public static class ModerationSetup
{
    public static IServiceCollection AddModeration(this IServiceCollection services)
    {
        services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<Strikes>().AddSingleton<Verdicts>().AddSingleton<Reports>();
        services.AddSingleton<Farewell>(_ => Reports.FarewellAsync);
        return services;
    }
}
