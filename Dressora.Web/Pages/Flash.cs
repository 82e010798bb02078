using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Dressora.Web.Pages;

/// <summary>One sentence that survives one redirect, in a cookie that only this server can read.</summary>
public sealed record Flash(string Text, Tone Tone)
{
    public const string Cookie = "flash";
    private const string TextKey = "say";
    private const string ToneKey = "tone";

    public static void Keep(HttpContext context, ITempDataDictionary store, string text, Tone tone)
    {
        store[TextKey] = text;
        store[ToneKey] = (int)tone;
        context.Items[typeof(Flash)] = true;
    }

    public static Flash? Take(ViewContext view)
    {
        // To look into the store is to send a cookie that empties it, so pages without a sentence do not look.
        var context = view.HttpContext;
        if (!context.Items.ContainsKey(typeof(Flash)) && !context.Request.Cookies.Keys.Any(IsOurs))
            return null;
        var store = view.TempData;
        return store[TextKey] is string text ? new(text, store[ToneKey] is int tone ? (Tone)tone : Tone.Plain) : null;
    }

    private static bool IsOurs(string cookie) => cookie.EndsWith(Cookie, StringComparison.Ordinal);
}
