namespace Dressora.Web.Shell;

public static class ShellSetup
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateDataAnnotations();
        services.AddLocalization();
        services.AddRazorPages().AddViewLocalization();
        return services;
    }
}
