using System.Data.Common;
using Dressora.Web.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Shell;

public static class ShellSetup
{
    private const long BodyMax = 1024 * 1024;

    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<Assets>().AddSingleton<RateGate>().AddSingleton<PolicyReports>();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddAuthentication();
        services.AddRazorPages().AddViewLocalization();
        services.AddPacking();
        services.AddCookies();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<SiteOptions>>(TrustProxies);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyMax;
        });
        return services;
    }

    /// <summary>The way in, from the wire to the room.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<AssetServer>();
        app.UseResponseCompression();
        app.UseErrorPages(StatusOf);
        app.UseRouting();
        app.UseMiddleware<ForeignPosts>();
        app.UseMiddleware<MethodGate>();
        app.UseAuthentication();
        app.UseRequestLocalization(Languages.Options());
        app.UseMiddleware<RateKeeper>();
        app.UseAuthorization();
        app.UseMiddleware<FormReader>();
        app.MapRazorPages();
        PolicyReports.Map(app);
        return app;
    }

    private static void AddCookies(this IServiceCollection services)
    {
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((antiforgery, accessor) =>
        {
            antiforgery.Cookie = HostCookie.Make(accessor, "form");
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<IHttpContextAccessor>((flash, accessor) =>
            flash.Cookie = HostCookie.Make(accessor, "flash"));
    }

    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<SiteOptions> site)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        foreach (var network in site.Value.ProxyNetworks())
            forwarded.KnownIPNetworks.Add(network);
    }

    private static int StatusOf(Exception e) => e switch
    {
        DatabaseUnavailableException or DbException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        InvalidOperationException { InnerException: DbException away } => StatusOf(away),
        Microsoft.AspNetCore.Http.BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
