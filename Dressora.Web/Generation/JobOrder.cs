using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>What somebody asks for, checked by its tool and not yet paid.</summary>
/// <param name="ClientId">Chosen by whoever asks, so that asking twice is asking once.</param>
/// <param name="Key">The key that asks, when a program does.</param>
/// <param name="Scope">The allowance that may pay for it, where the tool has one.</param>
public sealed record JobOrder(
    long UserId,
    string ClientId,
    string Tool,
    JobKind Kind,
    JsonObject Parameters,
    IReadOnlyList<OrderedInput> Inputs,
    int Count = 1,
    bool IsHeavy = false,
    string? Scope = null,
    PayingKey? Key = null)
{
    public const int ClientIdMax = 64;
    public const int CountMax = 4;

    /// <summary>What was asked, as bytes that differ when any of it does.</summary>
    internal byte[] Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Tool, Count.ToString(System.Globalization.CultureInfo.InvariantCulture), Canonical(Parameters).ToJsonString());
        foreach (var input in Inputs)
            Add(hash, input.Role, input.Sha256);
        return hash.GetHashAndReset();
    }

    /// <summary>The same for every order in which the parameters were typed.</summary>
    internal static JsonNode Canonical(JsonNode node) => node switch
    {
        JsonObject thing => new JsonObject(thing.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : (JsonNode?)Canonical(pair.Value)))),
        _ => node.DeepClone(),
    };

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}

/// <summary>A file of theirs, by number, and what it is to the tool.</summary>
public sealed record OrderedInput(string Role, string MediaId, string Sha256);

/// <param name="SpendMax">Credits its owner lets it spend in a calendar month.</param>
public sealed record PayingKey(long Id, long? SpendMax);
