using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.EvoLink;

/// <summary>
/// What each family of image models calls things: field names, sizes and limits are not uniform. A model of a family that
/// is not here gets what all of them understand.
/// </summary>
internal sealed record EvoLinkModel(
    string Prefix, int PromptMax, int ImagesMax, EvoLinkSize Size, int CountMax = 1, bool TakesSeed = false)
{
    private static readonly EvoLinkModel[] Known =
    [
        new("nano-banana", 2_000, 10, EvoLinkSize.Ratio),
        new("gemini-", 2_000, 14, EvoLinkSize.Ratio),
        new("gpt-image-2", 32_000, 16, EvoLinkSize.RatioAndResolution, CountMax: 4),
        new("gpt-image-1.5", 2_000, 16, EvoLinkSize.ThreeRatios),
        new("qwen-image-edit", 2_000, 3, EvoLinkSize.Pixels, CountMax: 4, TakesSeed: true),
        new("doubao-seed", 2_000, 14, EvoLinkSize.None),
        new("wan", 2_000, 3, EvoLinkSize.None),
    ];

    private static readonly EvoLinkModel Unknown = new("", 2_000, 3, EvoLinkSize.None);

    internal static EvoLinkModel Of(string model) =>
        Known.FirstOrDefault(known => model.StartsWith(known.Prefix, StringComparison.OrdinalIgnoreCase)) ?? Unknown;

    internal ProviderError? Refusal(string prompt, int images)
    {
        if (prompt.Length > PromptMax)
            return WireErrors.Make(ErrorClass.Unsupported, "prompt_too_long", $"At most {PromptMax} characters.");
        return images > ImagesMax ? WireErrors.Make(ErrorClass.Unsupported, "too_many_images", $"At most {ImagesMax} pictures.") : null;
    }

    internal JsonObject Body(ProviderRequest request, string prompt, IReadOnlyList<string> images)
    {
        var body = new JsonObject { ["model"] = request.Model, ["prompt"] = prompt };
        if (images.Count > 0)
            body["image_urls"] = new JsonArray([.. images.Select(image => (JsonNode)image)]);
        var count = request.Count(CountMax);
        if (count > 1)
            body["n"] = count;
        if (TakesSeed && request.Whole("seed") is >= 0 and var seed)
            body["seed"] = seed;
        Size.Fill(body, request, count);
        if (request.Callback is { } callback)
            body["callback_url"] = callback.AbsoluteUri;
        return body;
    }
}

/// <summary>How a family wants to be told the shape of the picture.</summary>
internal sealed class EvoLinkSize(Action<JsonObject, ProviderRequest, int> fill)
{
    internal static readonly EvoLinkSize None = new((_, _, _) => { });

    internal static readonly EvoLinkSize Ratio = new((body, request, _) =>
    {
        body["size"] = request.Ratio("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9") ?? "auto";
        body["quality"] = "1K";
    });

    internal static readonly EvoLinkSize RatioAndResolution = new((body, request, _) =>
    {
        if (request.Ratio("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9") is { } ratio)
            (body["size"], body["resolution"]) = (ratio, "1K");
        body["quality"] = "medium";
    });

    internal static readonly EvoLinkSize ThreeRatios = new((body, request, _) => body["size"] = request.Text("aspectRatio") switch
    {
        "1:1" => "1:1",
        "3:2" or "4:3" or "16:9" or "5:4" => "3:2",
        _ => "2:3",
    });

    /// <summary>One picture at a time may be given a size.</summary>
    internal static readonly EvoLinkSize Pixels = new((body, request, count) =>
    {
        body["prompt_extend"] = false;
        body["watermark"] = false;
        if (count == 1 && Sides(request.Text("aspectRatio")) is { } sides)
            body["size"] = sides;
    });

    internal void Fill(JsonObject body, ProviderRequest request, int count) => fill(body, request, count);

    private static string? Sides(string? ratio) => ratio switch
    {
        "1:1" => "1024x1024",
        "3:4" => "960x1280",
        "4:3" => "1280x960",
        "2:3" => "864x1296",
        "3:2" => "1296x864",
        "9:16" => "768x1344",
        "16:9" => "1344x768",
        _ => null,
    };
}
