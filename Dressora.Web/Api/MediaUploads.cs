using System.Text.Json.Serialization;
using Dressora.Web.Accounts;
using Dressora.Web.Media;
using Dressora.Web.Shell;

namespace Dressora.Web.Api;

/// <summary>For programs that send bytes straight to the bucket: an address to put them to, and a word when they are there.</summary>
internal static class MediaUploads
{
    internal static void Map(IEndpointRouteBuilder app)
    {
        var uploads = app.MapGroup("/api/media/uploads").RequireAuthorization(Doors.Person)
            .WithMetadata(new RateLimitedAttribute(RateRules.Upload));
        uploads.MapPost("", Begin);
        uploads.MapPost("/{id}", ConfirmAsync);
    }

    private static IResult Begin(HttpContext context, Uploads uploads) =>
        uploads.Begin(context.Person().UserId) is { } direct
            ? Results.Ok(new Place(direct.Id, direct.Address.AbsoluteUri, direct.Type, direct.BytesMax, (long)direct.Lifetime.TotalSeconds))
            : Results.Problem(
                statusCode: StatusCodes.Status409Conflict, title: "No direct uploads",
                detail: "Files lie on this server's own disk: send them with the form.");

    private static async Task<IResult> ConfirmAsync(HttpContext context, string id, Wish wish, Uploads uploads)
    {
        if (wish.Purpose is not (Purpose.Person or Purpose.Garment) || wish.Label?.Length > MediaItem.LabelMax)
            return Refusal(StatusCodes.Status422UnprocessableEntity, "Purpose", "The purpose is Person or Garment, the label at most 80 characters.");
        var asked = new UploadWish(wish.Purpose.Value, wish.Label ?? "");
        return await uploads.ConfirmAsync(context.Person().UserId, id, asked, context.RequestAborted) switch
        {
            Uploaded.Kept { Item: var item } =>
                Results.Ok(new Seen(item.Id, item.Type, item.Bytes, item.Width, item.Height, item.IsClaimed)),
            Uploaded.Refused { Fault: var fault } => Refusal(StatusCodes.Status422UnprocessableEntity, fault.ToString(), "The file is not one we keep."),
            Uploaded.Blocked =>
                Refusal(StatusCodes.Status422UnprocessableEntity, "Blocked", "This picture was reported and removed here, and it is not taken again."),
            Uploaded.Full { QuotaMegabytes: var quota } =>
                Refusal(StatusCodes.Status422UnprocessableEntity, "Full", $"One person may keep {quota} MB here."),
            Uploaded.StoreDown => Refusal(StatusCodes.Status503ServiceUnavailable, "StoreDown", "Files cannot be kept right now."),
            _ => Refusal(StatusCodes.Status404NotFound, "NotThere", "Nothing was put at that address, or it is gone."),
        };
    }

    private static IResult Refusal(int status, string rule, string detail) => Results.Problem(
        statusCode: status, detail: detail, extensions: new Dictionary<string, object?> { ["rule"] = rule });

    internal sealed record Wish(
        [property: JsonConverter(typeof(JsonStringEnumConverter<Purpose>))] Purpose? Purpose, string? Label);

    private sealed record Place(string Id, string Address, string Type, long BytesMax, long Seconds);

    private sealed record Seen(string Id, string Type, long Bytes, int? Width, int? Height, bool Claimed);
}
