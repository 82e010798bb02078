namespace Dressora.Web.Operations;

internal static class HealthEndpoints
{
    /// <summary>Past every door: a probe has no cookie, and must not need the database that it asks about.</summary>
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] asking = [HttpMethods.Get, HttpMethods.Head];
        var quiet = new QuietMark();
        routes.MapMethods("/up", asking, UpAsync).ShortCircuit().WithMetadata(quiet);
        routes.MapMethods("/ready", asking, ReadyAsync).ShortCircuit().WithMetadata(quiet);
    }

    private static Task UpAsync(HttpContext context) => SayAsync(context, StatusCodes.Status200OK, "up");

    private static async Task ReadyAsync(HttpContext context, Health health)
    {
        var faults = await health.FaultsAsync();
        var status = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        IEnumerable<string> lines = faults.Count == 0 ? ["ready"] : faults;
        await SayAsync(context, status, string.Join('\n', lines.Concat(Equipment.Missing())));
    }

    private static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text + "\n");
    }
}
