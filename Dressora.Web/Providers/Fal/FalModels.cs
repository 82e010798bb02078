using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Fal;

/// <summary>What each try-on model calls its fields. Moderation is the strictest that a model has.</summary>
internal static class FalModels
{
    private const int SamplesMax = 4;

    /// <summary>Null for a model that nobody has described here.</summary>
    internal static JsonObject? Body(ProviderRequest request, string person, string garment) => request.Model switch
    {
        "fal-ai/kling/v1-5/kolors-virtual-try-on" => new JsonObject
        {
            ["human_image_url"] = person,
            ["garment_image_url"] = garment,
        },
        "fal-ai/fashn/tryon/v1.5" or "fal-ai/fashn/tryon/v1.6" => Fashn(request, person, garment),
        "fal-ai/image-apps-v2/virtual-try-on" => ImageApps(request, person, garment),
        "fal-ai/cat-vton" => new JsonObject
        {
            ["human_image_url"] = person,
            ["garment_image_url"] = garment,
            ["cloth_type"] = ByCategory(request, "upper", "lower", "overall"),
        },
        "fal-ai/leffa/virtual-tryon" => new JsonObject
        {
            ["human_image_url"] = person,
            ["garment_image_url"] = garment,
            ["garment_type"] = ByCategory(request, "upper_body", "lower_body", "dresses"),
            ["enable_safety_checker"] = true,
        },
        _ => null,
    };

    private static JsonObject Fashn(ProviderRequest request, string person, string garment)
    {
        var body = new JsonObject
        {
            ["model_image"] = person,
            ["garment_image"] = garment,
            ["category"] = request.Category() == GarmentCategory.Auto ? "auto" : ByCategory(request, "tops", "bottoms", "one-pieces"),
            ["mode"] = "balanced",
            ["moderation_level"] = "conservative",
            ["num_samples"] = request.Count(SamplesMax),
            ["output_format"] = "png",
        };
        if (request.Whole("seed") is >= 0 and var seed)
            body["seed"] = seed;
        return body;
    }

    private static JsonObject ImageApps(ProviderRequest request, string person, string garment)
    {
        var body = new JsonObject
        {
            ["person_image_url"] = person,
            ["clothing_image_url"] = garment,
            ["preserve_pose"] = true,
        };
        if (request.Ratio("1:1", "16:9", "9:16", "4:3", "3:4") is { } ratio)
            body["aspect_ratio"] = new JsonObject { ["ratio"] = ratio };
        return body;
    }

    private static string ByCategory(ProviderRequest request, string top, string bottom, string onePiece) => request.Category() switch
    {
        GarmentCategory.Bottom => bottom,
        GarmentCategory.OnePiece => onePiece,
        _ => top,
    };
}
