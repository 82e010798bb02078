using Microsoft.AspNetCore.Diagnostics;

namespace Dressora.Web.Operations;

/// <summary>A line a request: the page's route, never its address, which may hold a code or what somebody searched for.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> log)
{
    private static readonly string[] Methods =
    [
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options,
    ];

    public async Task InvokeAsync(HttpContext context)
    {
        var since = clock.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            Say(context, status, clock.GetElapsedTime(since));
        }
    }

    private void Say(HttpContext context, int status, TimeSpan took)
    {
        var endpoint = AskedFor(context);
        var level = Level(endpoint, status);
        if (!log.IsEnabled(level))
            return;
        var route = endpoint is null ? "-" : "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        var method = Method(context.Request.Method);
        Log.Answered(log, level, method, route, status, (long)took.TotalMilliseconds);
    }

    /// <summary>An error page answers in the asked page's place, and is not what was asked for.</summary>
    private static RouteEndpoint? AskedFor(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } failed)
            return failed.Endpoint as RouteEndpoint;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } refused)
            return refused.Endpoint as RouteEndpoint;
        return context.GetEndpoint() as RouteEndpoint;
    }

    /// <summary>Pictures, styles and probes would drown the rest.</summary>
    private static LogLevel Level(RouteEndpoint? endpoint, int status)
    {
        if (endpoint?.Metadata.GetMetadata<QuietMark>() is not null)
            return LogLevel.Debug;
        if (status >= StatusCodes.Status500InternalServerError)
            return LogLevel.Error;
        return endpoint is null && status < StatusCodes.Status400BadRequest ? LogLevel.Debug : LogLevel.Information;
    }

    /// <summary>A method is a word that the asker chose.</summary>
    private static string Method(string typed) => Methods.FirstOrDefault(known => known == typed) ?? "OTHER";

    private static partial class Log
    {
        [LoggerMessage(Message = "{Method} {Route} {Status} in {Milliseconds} ms")]
        public static partial void Answered(
            ILogger logger, LogLevel level, string method, string route, int status, long milliseconds);
    }
}

/// <summary>On an endpoint that is asked all day and whose answers say nothing new.</summary>
internal sealed class QuietMark;
