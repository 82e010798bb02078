namespace Dressora.Web.Shell;

/// <summary>Refuses what another site's page made a person's browser send, before anything reads it.</summary>
internal sealed class ForeignPosts(RequestDelegate next)
{
    private static readonly object Refused = new();

    public static bool WasRefused(HttpContext context) => context.Items.ContainsKey(Refused);

    public Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || IsOurs(context.Request) || MayComeFromElsewhere(context))
            return next(context);
        context.Items[Refused] = true;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
            return site == "same-origin" || site == "none";

        // Browsers before 2023 say only the origin; programs say neither, and have no cookies to be misused.
        var origin = request.Headers.Origin;
        return origin.Count == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool MayComeFromElsewhere(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AcceptsForeignPostsAttribute>() is not null;
}
