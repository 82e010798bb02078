using System.Globalization;
using System.Text.Json;

namespace Dressora.Web.Providers;

/// <summary>Others' JSON: what is missing or of another kind than it should be is null, never an exception.</summary>
internal static class LooseJson
{
    internal static JsonElement? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child)
        && child.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? child
            : null;

    internal static string? Text(this JsonElement element, string name) => element.Child(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    internal static double? Number(this JsonElement element, string name) =>
        element.Text(name) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    internal static int? Percent(this JsonElement element, string name) =>
        element.Number(name) is { } number ? (int)Math.Clamp(number, 0, 100) : null;

    internal static TimeSpan? Seconds(this JsonElement element, string name) =>
        element.Number(name) is > 0 and < 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    internal static bool IsTrue(this JsonElement element, string name) => element.Child(name) is { ValueKind: JsonValueKind.True };

    internal static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
