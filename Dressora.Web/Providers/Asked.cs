using System.Globalization;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers;

internal enum GarmentCategory
{
    Auto,
    Top,
    Bottom,
    OnePiece,
}

/// <summary>A request's parameters by our names, whichever way they were typed.</summary>
internal static class Asked
{
    internal static string? Text(this ProviderRequest request, string name) => request.Parameters[name] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    internal static int? Whole(this ProviderRequest request, string name) =>
        int.TryParse(request.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static int Count(this ProviderRequest request, int max) => Math.Clamp(request.Whole("count") ?? 1, 1, max);

    internal static GarmentCategory Category(this ProviderRequest request) =>
        request.Text("category")?.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "TOP" => GarmentCategory.Top,
            "BOTTOM" => GarmentCategory.Bottom,
            "ONEPIECE" => GarmentCategory.OnePiece,
            _ => GarmentCategory.Auto,
        };

    /// <summary>The ratio as asked, when it is one of those that the model knows.</summary>
    internal static string? Ratio(this ProviderRequest request, params ReadOnlySpan<string> known) =>
        request.Text("aspectRatio") is { } ratio && known.Contains(ratio) ? ratio : null;

    internal static ProviderInput? Input(this ProviderRequest request, string role) =>
        request.Inputs.FirstOrDefault(input => input.Role == role);
}
