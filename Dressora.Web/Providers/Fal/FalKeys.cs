using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Dressora.Web.Providers.Fal;

/// <summary>The keys that fal signs its callbacks with: kept for a day, and longer while nobody tells us newer ones.</summary>
internal sealed class FalKeys(FalLine line, TimeProvider clock) : IDisposable
{
    private const int CountMax = 16;
    private static readonly TimeSpan AgeMax = TimeSpan.FromHours(24);

    /// <summary>So that forged callbacks do not become a flood at fal's door.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<byte[]> _keys = [];
    private DateTimeOffset? _read;
    private DateTimeOffset? _looked;

    internal async Task<IReadOnlyList<byte[]>> GetAsync(CancellationToken cancel) =>
        _read is { } read && clock.GetUtcNow() - read < AgeMax ? _keys : await LookAsync(cancel);

    /// <summary>Once more, because none of the kept ones fits; the same list when it was looked at just now.</summary>
    internal Task<IReadOnlyList<byte[]>> GetFreshAsync(CancellationToken cancel) => LookAsync(cancel);

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<byte[]>> LookAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (clock.GetUtcNow() - _looked < BetweenLooks)
                return _keys;
            _looked = clock.GetUtcNow();
            if (await line.SigningKeysAsync(cancel) is Heard.Answer { IsGood: true, Json: { } json } && Read(json) is { Count: > 0 } keys)
            {
                _keys = keys;
                _read = clock.GetUtcNow();
            }

            return _keys;
        }
        finally
        {
            _one.Release();
        }
    }

    private static List<byte[]> Read(JsonElement json) =>
    [
        .. json.Items("keys").Where(key => key.Text("kty") == "OKP" && key.Text("crv") == "Ed25519")
            .Select(key => Raw(key.Text("x"))).OfType<byte[]>().Take(CountMax),
    ];

    private static byte[]? Raw(string? text)
    {
        var bytes = new byte[CurvePoint.Size];
        return text?.Length == 43 && Base64Url.TryDecodeFromUtf8(Encoding.ASCII.GetBytes(text), bytes, out var length) && length == bytes.Length
            ? bytes
            : null;
    }
}
