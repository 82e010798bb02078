using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Dressora.Web.Shell;

/// <summary>
/// Gives a bare status its words. A pipeline of its own, with neither session nor database, asked with GET and without
/// what was sent: whatever broke the request cannot break the answer about it.
/// </summary>
public static class ErrorPages
{
    private const string Address = "errors/{status:int}";
    private const string PagePath = "/Errors/Error";
    private static readonly object Asked = new();

    /// <summary>The path and query that failed.</summary>
    public static string PathAsked(this HttpContext context) =>
        context.Items[Asked] as string ?? context.Request.Path + context.Request.QueryString;

    internal static IApplicationBuilder UseErrorPages(this WebApplication app, Func<Exception, int> statusOf)
    {
        var page = new Lazy<RequestDelegate>(() => PageIn(app));
        var answer = ((IApplicationBuilder)app).New().UseRequestLocalization(Languages.Options());
        answer.Run(context => page.Value(context));
        var run = answer.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AnswerAsync(context, run),
            StatusCodeSelector = statusOf,
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = failure =>
                statusOf(failure.Exception) != StatusCodes.Status500InternalServerError,
        });
        return app.UseStatusCodePages(pages => AnswerAsync(pages.HttpContext, run));
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await Problem(context).ExecuteAsync(context);
            return;
        }

        var request = context.Request;
        var (method, query, type) = (request.Method, request.QueryString, request.ContentType);
        context.Items[Asked] = request.Path + query;
        var (endpoint, route) = (context.GetEndpoint(), request.RouteValues);
        context.SetEndpoint(null);

        // A form that could not be read would not be readable for the answer's page either.
        context.Features.Set<IFormFeature>(null);
        (request.Method, request.QueryString, request.ContentType) = (HttpMethods.Get, QueryString.Empty, null);
        request.RouteValues = new() { ["page"] = PagePath, ["status"] = context.Response.StatusCode };
        try
        {
            await answer(context);
        }
        finally
        {
            (request.Method, request.QueryString, request.ContentType) = (method, query, type);
            request.RouteValues = route;
            context.SetEndpoint(endpoint);
        }
    }

    private static RequestDelegate PageIn(WebApplication app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(endpoint => endpoint.RoutePattern.RawText == Address).RequestDelegate!;

    private static IResult Problem(HttpContext context) => Results.Problem(
        statusCode: context.Response.StatusCode,
        title: ReasonPhrases.GetReasonPhrase(context.Response.StatusCode),
        extensions: new Dictionary<string, object?> { ["requestId"] = context.TraceIdentifier });
}
