using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Harness;

/// <summary>A page made up by a test and served under the site's own content policy at <see cref="Path"/>.</summary>
public sealed class PlantedPage(string body, string head = "") : IStartupFilter
{
    public const string Path = "/planted";
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'";

    private readonly string _html =
        $"<!doctype html><html lang=en><head><title>Planted</title><meta name=viewport content='width=device-width'>{head}</head><body>{body}</body></html>";

    /// <summary>A listening site that has it.</summary>
    public static Task<Site> ListenAsync(string body, string head = "") =>
        Site.ListenAsync(adjust: builder => builder.Services.AddSingleton<IStartupFilter>(new PlantedPage(body, head)));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (context.Request.Path == "/favicon.ico")
                return Task.CompletedTask;
            if (context.Request.Path != Path)
                return rest(context);
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return context.Response.WriteAsync(_html);
        });
        next(app);
    };
}
