using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Dressora.Web.Shell;

/// <summary>Answers for files before anything looks at cookies, sessions or the database.</summary>
internal sealed class AssetServer(RequestDelegate next, Assets assets)
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string ForADay = "public, max-age=86400";
    private const string AskFirst = "no-cache";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var asset = assets.At(path, out var exact);
        var hashed = path.StartsWith(Assets.Folder, StringComparison.Ordinal);
        if (asset is null && !hashed)
            return next(context);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        if (asset is not null)
            return SendAsync(context, asset, !exact ? AskFirst : hashed ? ForEver : ForADay);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task SendAsync(HttpContext context, Asset asset, string cache)
    {
        var asked = context.Request.GetTypedHeaders();
        var response = context.Response;
        var encoding = asset.Packs ? Encoding(asked) : null;
        var tag = new EntityTagHeaderValue($"\"{asset.Hash}{(encoding is null ? "" : "-" + encoding)}\"");
        response.Headers.CacheControl = cache;
        response.Headers.ETag = tag.ToString();
        if (asset.Packs)
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (asked.IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var bytes = asset.Packed(encoding);
        response.ContentType = asset.Type;
        response.ContentLength = bytes.Length;
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(bytes).AsTask();
    }

    private static string? Encoding(RequestHeaders asked) =>
        Takes(asked, "br") ? "br" : Takes(asked, "gzip") ? "gzip" : null;

    private static bool Takes(RequestHeaders asked, string encoding) =>
        asked.AcceptEncoding.Any(entry => entry.Value == encoding && entry.Quality is null or > 0);
}
