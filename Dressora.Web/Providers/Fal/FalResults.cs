using System.Text.Json;

namespace Dressora.Web.Providers.Fal;

/// <summary>Reads what a model made, wherever its answer keeps it.</summary>
internal static class FalResults
{
    private static readonly string[] Alone = ["image", "video", "audio"];

    internal static Snapshot Read(JsonElement payload)
    {
        if (IsCensored(payload))
            return Snapshot.Failed(WireErrors.Make(ErrorClass.RejectedContent, "nsfw", "The result was held back as unsafe."));
        var outputs = payload.Items("images")
            .Concat(Alone.Select(name => payload.Child(name)).OfType<JsonElement>())
            .Select(Output).OfType<ProviderOutput>().ToList();
        return outputs.Count == 0
            ? Snapshot.Failed(WireErrors.NoMedia)
            : new Snapshot(SnapshotState.Succeeded, 100, Finals: outputs);
    }

    private static ProviderOutput? Output(JsonElement file)
    {
        var text = file.Text("url");
        var mime = file.Text("content_type");
        if (text?.StartsWith("data:", StringComparison.Ordinal) == true)
            return Inline(text, mime);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? new ProviderOutput(address, Mime: mime) : null;
    }

    private static ProviderOutput? Inline(string text, string? mime)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var bytes = new byte[Math.Max(text.Length - comma, 0)];
        return comma > 0 && Convert.TryFromBase64Chars(text.AsSpan(comma + 1), bytes, out var length) && length > 0
            ? new ProviderOutput(null, bytes.AsMemory(0, length), mime)
            : null;
    }

    /// <summary>One word for all, or one for each; then all must be held back.</summary>
    private static bool IsCensored(JsonElement payload) => payload.Child("has_nsfw_concepts") switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.Array } each => each.GetArrayLength() > 0 && each.EnumerateArray().All(one => one.ValueKind == JsonValueKind.True),
        _ => false,
    };
}
