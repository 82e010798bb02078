namespace Dressora.Web.Shell;

/// <summary>What every answer says, files and errors included.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Permissions =
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        + "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Write, context);
        return next(context);
    }

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers["X-Request-Id"] = context.TraceIdentifier;
        headers.ContentSecurityPolicy = ContentPolicy.Text;
        headers["Reporting-Endpoints"] = $"csp=\"{ContentPolicy.ReportPath}\"";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        headers.Remove("Pragma");
        KeepPrivate(context);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A page made for somebody is kept by nobody; an answer that says more about itself is believed.
    /// </summary>
    private static void KeepPrivate(HttpContext context)
    {
        var cache = context.Response.Headers.CacheControl;
        var fromFramework = cache == "no-cache, no-store" || cache == "no-cache,no-store";
        if (fromFramework || (cache.Count == 0 && context.User.IsSignedIn()))
            context.Response.Headers.CacheControl = "no-store";
    }
}
