using System.Text.Json.Nodes;

namespace Dressora.Web.Providers;

/// <summary>One thing to make, in our words; the adapter spells it as its model wants it.</summary>
/// <param name="Model">The model's name at the provider, from the model's row.</param>
/// <param name="Parameters">What the tool asks, by our names: prompt, category, aspectRatio, seed, count, ...</param>
/// <param name="Callback">Where to call back, or null when nobody outside can reach this server.</param>
/// <param name="IdempotencyKey">The same for every attempt at the same job.</param>
public sealed record ProviderRequest(
    string JobId,
    JobKind Kind,
    string Model,
    JsonObject Parameters,
    IReadOnlyList<ProviderInput> Inputs,
    Uri? Callback,
    string IdempotencyKey,
    DateTimeOffset Deadline);

/// <param name="Role">What it is to the tool: person, garment, image, audio.</param>
public sealed record ProviderInput(string Role, string Mime, ReadOnlyMemory<byte> Bytes);

public enum JobKind
{
    TryOn,
    Image,
    Video,
    Speech,
    Avatar,
    AudioVideo,
}
