using Dressora.Web.Media;
using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Pages.Gallery;

/// <summary>A zip that is written while it is sent, so its length is not known before.</summary>
internal sealed class BundleResult(Bundle bundle, IReadOnlyList<MediaItem> items, string name) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.ContentType = FileTypes.Zip;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        http.Response.Headers.CacheControl = "no-store";
        await bundle.WriteAsync(items, http.Response.Body, http.RequestAborted);
    }
}
