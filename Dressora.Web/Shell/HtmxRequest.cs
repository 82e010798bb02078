using Microsoft.Extensions.Primitives;

namespace Dressora.Web.Shell;

/// <summary>The four facts about a request that htmx makes, and the two answers only it understands.</summary>
public static class HtmxRequest
{
    private const string Marked = "HX-Request";

    public static bool IsHtmx(this HttpRequest request) => request.Says(Marked);

    public static bool RestoresHistory(this HttpRequest request) => request.Says("HX-History-Restore-Request");

    public static bool IsBoosted(this HttpRequest request) => request.Says("HX-Boosted");

    /// <summary>Whether a piece of a page is wanted instead of a whole one.</summary>
    public static bool WantsFragment(this HttpRequest request) =>
        request.IsHtmx() && !request.RestoresHistory() && !request.IsBoosted();

    /// <summary>Sends the whole page elsewhere: htmx follows a plain redirect inside its own request.</summary>
    public static void SendPageTo(this HttpResponse response, string path) => response.Headers["HX-Redirect"] = path;

    /// <summary>One address answers both ways: caches keep them apart.</summary>
    public static void VariesByHtmx(this HttpResponse response) =>
        response.Headers.Vary = StringValues.Concat(response.Headers.Vary, Marked);

    private static bool Says(this HttpRequest request, string header) =>
        request.Headers.TryGetValue(header, out var value) && value == "true";
}
