using Dressora.Web.Generation;
using Dressora.Web.Shell;

namespace Dressora.Web.Api;

/// <summary>Where a machine of the owner's own brings its previews and results; its signature is its key.</summary>
public static class WorkerEndpoints
{
    private const string Worker = "worker";

    public static void MapWorker(this IEndpointRouteBuilder app)
    {
        foreach (var word in new[] { "preview_ready", "callback" })
        {
            app.MapPost($"/api/jobs/{{id}}/{word}", TakeAsync).WithTags("Worker").DisableAntiforgery()
                .WithMetadata(new AcceptsForeignPostsAttribute(), new RateLimitedAttribute(RateRules.Callback));
        }
    }

    private static async Task<IResult> TakeAsync(HttpContext context, ProviderHooks hooks, TimeProvider clock, string id) =>
        await ProviderHooks.ReadAsync(context, id, clock.GetUtcNow(), context.RequestAborted) is { } call
            ? Results.StatusCode(await hooks.TakeAsync(Worker, call, token: null, context.RequestAborted))
            : Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
}
