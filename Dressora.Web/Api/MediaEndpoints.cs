using System.Globalization;
using Dressora.Web.Media;
using Dressora.Web.Pictures;
using Dressora.Web.Shell;
using Microsoft.Net.Http.Headers;

namespace Dressora.Web.Api;

/// <summary>Where files are: the owner's session or a signed address opens them, to everybody else they are not there.</summary>
public static class MediaEndpoints
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/media/{id}", [HttpMethods.Get, HttpMethods.Head], SendAsync)
            .WithMetadata(new RateLimitedAttribute(RateRules.File) { Reads = true });
        MediaUploads.Map(app);
    }

    private static async Task SendAsync(
        HttpContext context, string id, MediaStore media, MediaAddresses addresses, Variants variants)
    {
        var query = context.Request.Query;
        var signed = addresses.Remaining(id, query[MediaAddresses.UntilName], query[MediaAddresses.SignName]);
        var cancel = context.RequestAborted;
        if (await media.FindAsync(id, cancel) is not { } item || (signed is null && item.OwnerId != context.User.PersonId()))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var keeps = signed < Kept ? signed.Value : Kept;
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={(long)keeps.TotalSeconds}, immutable");
        try
        {
            if (WidthIn(query) is { } width && item.Kind == MediaKind.Picture)
                await SendVariantAsync(context, item, width, variants);
            else
                await MediaAnswer.SendAsync(context, FileOf(item), (from, count) => media.OpenAsync(item, from, count, cancel));
        }
        catch (StoreFailedException) when (!context.Response.HasStarted)
        {
            Refuse(context, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task SendVariantAsync(HttpContext context, MediaItem item, int width, Variants variants)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        var kind = TakesWebp(context.Request) ? PictureKind.Webp : PictureKind.Jpeg;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{item.Sha256[..16]}-{width}-{kind}\"");
        if (MediaAnswer.IsKnown(context, tag))
            return;
        var variant = await variants.OpenAsync(item, width, kind, context.RequestAborted);
        if (variant is not Variant.Made made)
        {
            Refuse(context, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        await using var file = made.File;
        var sent = new MediaFile(made.Type, file.Length, tag, NameOf(item, made.Type), IsAttached: false);
        await MediaAnswer.SendAsync(context, sent, (from, _) =>
        {
            file.Position = from;
            return Task.FromResult<Stream>(file);
        });
    }

    private static MediaFile FileOf(MediaItem item) => new(
        item.Type, item.Bytes, $"\"{item.Sha256}\"", NameOf(item, item.Type), IsAttached: item.Kind == MediaKind.Archive);

    /// <summary>Ours, so that nothing a person or a company called it reaches a header.</summary>
    private static string NameOf(MediaItem item, string type) => $"dressora-{item.Id[..8]}.{FileTypes.Extension(type)}";

    private static int? WidthIn(IQueryCollection query) =>
        int.TryParse(query["w"], NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? Variants.Fitting(width) : null;

    private static bool TakesWebp(HttpRequest request) => request.GetTypedHeaders().Accept
        .Any(type => type.MediaType.Equals(FileTypes.Webp, StringComparison.OrdinalIgnoreCase) && type.Quality is null or > 0);

    private static void Refuse(HttpContext context, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.RetryAfter = "5";
        context.Response.StatusCode = status;
    }
}
