using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dressora.Web.Pictures;

/// <summary>What ffprobe says of a film, upright. A recording that a browser made does not know its duration.</summary>
internal sealed record FilmFacts(TimeSpan? Duration, int Width, int Height, string? VideoCodec, string? SoundCodec)
{
    private const string Reached = "out_time_us=";

    internal static FilmFacts? Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var streams = document.RootElement.GetProperty("streams").EnumerateArray().ToList();
            var video = streams.FirstOrDefault(stream => Is(stream, "video") && !IsCover(stream));
            var sound = streams.FirstOrDefault(stream => Is(stream, "audio"));
            var (width, height) = (Side(video, "width"), Side(video, "height"));
            var facts = new FilmFacts(DurationOf(document.RootElement), width, height, Text(video, "codec_name"), Text(sound, "codec_name"));
            if (facts.VideoCodec is null && facts.SoundCodec is null)
                return null;
            return IsTurned(video) ? facts with { Width = height, Height = width } : facts;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>How far a reading of all of it came, from the last of its reports.</summary>
    internal static TimeSpan? ReadProgress(byte[] output) => Encoding.UTF8.GetString(output).Split('\n')
        .Where(line => line.StartsWith(Reached, StringComparison.Ordinal))
        .Select(line => Span(line[Reached.Length..], perSecond: 1_000_000))
        .LastOrDefault();

    private static TimeSpan? DurationOf(JsonElement root) =>
        root.TryGetProperty("format", out var format) && Text(format, "duration") is { } text ? Span(text, perSecond: 1) : null;

    private static TimeSpan? Span(string text, double perSecond) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number / perSecond is > 0 and < 1_000_000 ? TimeSpan.FromSeconds(number / perSecond) : null;

    private static bool Is(JsonElement stream, string type) => Text(stream, "codec_type") == type;

    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition)
        && disposition.TryGetProperty("attached_pic", out var cover) && cover.GetInt32() != 0;

    private static bool IsTurned(JsonElement stream) =>
        stream.ValueKind == JsonValueKind.Object && stream.TryGetProperty("side_data_list", out var list)
        && list.EnumerateArray().Any(data => data.TryGetProperty("rotation", out var turn) && turn.GetDouble() % 180 != 0);

    private static int Side(JsonElement stream, string name) =>
        stream.ValueKind == JsonValueKind.Object && stream.TryGetProperty(name, out var side) ? side.GetInt32() : 0;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
