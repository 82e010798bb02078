using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dressora.Web.Providers.Fal;

/// <summary>Believes a callback that fal signed over the very bytes that came, lately and about this request.</summary>
internal sealed class FalCallbacks(FalKeys keys)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    internal async Task<Callback> ReadAsync(CallbackCall call, CancellationToken cancel)
    {
        if (call.Header("X-Fal-Webhook-Request-Id") is not { } request
            || call.Header("X-Fal-Webhook-User-Id") is not { } user
            || call.Header("X-Fal-Webhook-Timestamp") is not { } timestamp
            || Signature(call.Header("X-Fal-Webhook-Signature")) is not { } signature)
            return new Callback.Forged("A header is missing, twice there or malformed.");
        if (!IsFresh(timestamp, call.ReceivedAt))
            return new Callback.Forged("Its time is not now.");
        if (call.ExternalId is { } known && known != request)
            return new Callback.Forged("It is about another request.");
        var message = Encoding.UTF8.GetBytes(
            $"{request}\n{user}\n{timestamp}\n{Convert.ToHexStringLower(SHA256.HashData(call.Body.Span))}");
        return await IsSignedAsync(message, signature, cancel) switch
        {
            // Without fal's keys nobody can tell; fal itself can.
            null => new Callback.Hint(),
            false => new Callback.Forged("The signature does not fit."),
            _ when LooseJson.Read(call.Body) is { } body => Read(body, request),
            _ => new Callback.Hint(),
        };
    }

    private static Callback Read(JsonElement body, string request)
    {
        if (body.Text("request_id") != request)
            return new Callback.Forged("Head and body name different requests.");
        return (body.Text("status"), body.Child("payload")) switch
        {
            ("OK", { ValueKind: JsonValueKind.Object } payload) => new Callback.Verified(FalResults.Read(payload), request),
            ("ERROR", var payload) => new Callback.Verified(Failure(body, payload), request),
            _ => new Callback.Hint(),
        };
    }

    private static Snapshot Failure(JsonElement body, JsonElement? payload)
    {
        var reason = body.Text("error") ?? "";
        var status = int.TryParse(reason.AsSpan(reason.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 500;
        var detail = payload is { ValueKind: JsonValueKind.Object } told && told.Child("detail") is not null ? told : body;
        return FalErrors.IsCancelled(detail)
            ? new Snapshot(SnapshotState.Cancelled)
            : Snapshot.Failed(FalErrors.Of(detail, status));
    }

    private static bool IsFresh(string timestamp, DateTimeOffset now) =>
        timestamp.Length < 12 && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;

    private static byte[]? Signature(string? hex) =>
        hex?.Length == 2 * Ed25519.SignatureSize && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;

    private async Task<bool?> IsSignedAsync(byte[] message, byte[] signature, CancellationToken cancel)
    {
        var kept = await keys.GetAsync(cancel);
        if (kept.Any(key => Ed25519.Verify(key, message, signature)))
            return true;
        var fresh = await keys.GetFreshAsync(cancel);
        if (fresh.Count == 0)
            return null;
        return !ReferenceEquals(fresh, kept) && fresh.Any(key => Ed25519.Verify(key, message, signature));
    }
}
