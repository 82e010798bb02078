namespace Dressora.Web.Providers.EvoLink;

/// <summary>What an image model that edits by words is told to do.</summary>
internal static class TryOnPrompt
{
    private const string Keep =
        "Keep the person's face, hair, skin, body shape, pose and hands, the background, the light and the framing of the "
        + "first picture exactly as they are.";

    private const string One =
        "The result is one photorealistic picture of this one person, without text, frames or a side-by-side comparison.";

    internal static string Of(ProviderRequest request)
    {
        var what = request.Input("garment") is not null
            ? $"The second picture shows a garment. Dress this person in that garment{Where(request.Category())}. "
                + "Keep the garment's colour, pattern, cut, fabric and details."
            : $"Dress this person{Where(request.Category())} in: {request.Text("prompt")}.";
        return $"The first picture shows a person. {what} {Keep} {One}";
    }

    private static string Where(GarmentCategory category) => category switch
    {
        GarmentCategory.Top => " in place of what they wear on the upper body, and leave the rest of the outfit as it is",
        GarmentCategory.Bottom => " in place of what they wear on the lower body, and leave the rest of the outfit as it is",
        GarmentCategory.OnePiece => " in place of the whole outfit",
        _ => " in place of the matching part of the outfit",
    };
}
