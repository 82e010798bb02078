using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Dressora.Web.Shell;

/// <summary>
/// Reads a form before a page does, so that one too large or broken is answered as what it is. A null character is in
/// nothing a person types and no database takes it: it is refused here for all pages.
/// </summary>
internal sealed class FormReader(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var status = context.GetEndpoint() is null ? StatusCodes.Status200OK : await ReadAsync(context.Request);
        if (status == StatusCodes.Status200OK)
            await next(context);
        else
            context.Response.StatusCode = status;
    }

    private static async Task<int> ReadAsync(HttpRequest request)
    {
        if (request.Query.Any(HasNull) || request.RouteValues.Values.Any(value => HasNull(value as string)))
            return StatusCodes.Status400BadRequest;
        var max = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (request.ContentLength > max)
            return StatusCodes.Status413PayloadTooLarge;
        if (!request.HasFormContentType)
            return StatusCodes.Status200OK;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.Any(HasNull) ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    private static bool HasNull(KeyValuePair<string, StringValues> field) =>
        HasNull(field.Key) || field.Value.Any(HasNull);

    private static bool HasNull(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal);
}
