using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Dressora.Web.Pages;

/// <summary>One sentence that survives one redirect, in a cookie that only this server can read.</summary>
public sealed record Flash(string Text, Tone Tone)
{
    private const string TextKey = "say";
    private const string ToneKey = "tone";

    public static void Keep(ITempDataDictionary store, string text, Tone tone)
    {
        store[TextKey] = text;
        store[ToneKey] = (int)tone;
    }

    public static Flash? Take(ITempDataDictionary store) =>
        store[TextKey] is string text ? new Flash(text, store[ToneKey] is int tone ? (Tone)tone : Tone.Plain) : null;
}
