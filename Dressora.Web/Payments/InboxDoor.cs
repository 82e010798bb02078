using Dressora.Web.Shell;

namespace Dressora.Web.Payments;

/// <summary>Where gateways call: an address for each and for each mode.</summary>
internal static class InboxDoor
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/hooks/payments/{gateway}/{mode}", AnswerAsync)
        .WithMetadata(new AcceptsForeignPostsAttribute())
        .WithMetadata(new RateLimitedAttribute(RateRules.Callback))
        .DisableAntiforgery();

    private static async Task<IResult> AnswerAsync(HttpContext context, Inbox inbox, string gateway, string mode, CancellationToken cancel)
    {
        if (!Enum.TryParse<Mode>(mode, ignoreCase: true, out var which) || int.TryParse(mode, out _))
            return Results.NotFound();
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (body.Length + read > Inbox.BodyBytesMax)
                return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            body.Write(buffer, 0, read);
        }

        var headers = context.Request.Headers.Where(header => header.Key.StartsWith("X-Razorpay-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        return Results.StatusCode(await inbox.TakeAsync(new Counter(gateway, which), headers, body.ToArray(), default, cancel));
    }
}
