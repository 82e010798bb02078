using System.Globalization;

namespace Dressora.Web.Shell;

/// <summary>Asks the gate for every request that reaches a room, by network and, when signed in, by account.</summary>
internal sealed class RateKeeper(RequestDelegate next, RateGate gate)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || Take(context, RuleOf(context, endpoint)) is not { } wait)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter =
            Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private TimeSpan? Take(HttpContext context, string rule) =>
        gate.TakeForNetwork(rule, Network.Of(context))
        ?? (context.User.PersonId() is { } person
            ? gate.Take(rule, person.ToString(CultureInfo.InvariantCulture))
            : null);

    private static string RuleOf(HttpContext context, Endpoint endpoint)
    {
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return endpoint.Metadata.GetMetadata<RateLimitedAttribute>() is { } limited && (!reads || limited.Reads) ? limited.Rule
            : context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? RateRules.Api
            : RateRules.Page;
    }
}
