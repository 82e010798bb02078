using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Shell;

public static class ShellSetup
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<Assets>().AddSingleton<RateGate>();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddAuthentication();
        services.AddRazorPages().AddViewLocalization();
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((antiforgery, accessor) =>
        {
            antiforgery.Cookie = HostCookie.Make(accessor, "form");
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<IHttpContextAccessor>((flash, accessor) =>
            flash.Cookie = HostCookie.Make(accessor, "flash"));
        return services;
    }

    public static WebApplication UseShell(this WebApplication app)
    {
        app.UseMiddleware<AssetServer>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRequestLocalization(Languages.Options());
        app.UseAuthorization();
        app.MapRazorPages();
        return app;
    }
}
