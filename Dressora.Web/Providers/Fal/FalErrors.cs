using System.Text.Json;

namespace Dressora.Web.Providers.Fal;

/// <summary>fal's words for what went wrong, in ours. The body counts more than the status: an empty purse is a 403.</summary>
internal static class FalErrors
{
    internal static ProviderError Of(Heard.Answer answer) => answer.Json is { } json
        ? Of(json, answer.Status, answer.ErrorType, answer.RetryAfter)
        : WireErrors.Of(answer);

    /// <summary>Of a body: an answer's, a callback's payload, or a status that says it failed.</summary>
    internal static ProviderError Of(JsonElement json, int status, string? errorType = null, TimeSpan? retryAfter = null)
    {
        var first = json.Items("detail").FirstOrDefault();
        var message = first.Text("msg") ?? json.Text("detail") ?? json.Text("error") ?? "";
        var type = json.Text("error_type") ?? first.Text("type") ?? errorType;
        var known = OfMessage(message) ?? OfType(type) ?? (first.ValueKind == JsonValueKind.Object ? ErrorClass.BadInput : null);
        return known is { } error
            ? WireErrors.Make(error, type ?? $"http_{status}", message, retryAfter)
            : WireErrors.Of(new Heard.Answer(status, "{}"u8.ToArray(), retryAfter), type, message);
    }

    internal static bool IsCancelled(JsonElement status) => status.Text("error_type") is "client_cancelled" or "client_disconnected";

    internal static bool IsStillGoing(Heard.Answer answer) =>
        answer.Json is { } json && (json.Text("detail") ?? json.Text("error") ?? "").Contains("still in progress", StringComparison.OrdinalIgnoreCase);

    private static ErrorClass? OfMessage(string message)
    {
        if (!message.Contains("User is locked", StringComparison.OrdinalIgnoreCase))
            return message.Contains("invalid key", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Cannot access application", StringComparison.OrdinalIgnoreCase)
                ? ErrorClass.Auth
                : null;
        return message.Contains("balance", StringComparison.OrdinalIgnoreCase) || message.Contains("TOP_UP", StringComparison.OrdinalIgnoreCase)
            ? ErrorClass.OutOfFunds
            : ErrorClass.Auth;
    }

    private static ErrorClass? OfType(string? type) => type switch
    {
        "content_policy_violation" or "no_media_generated" => ErrorClass.RejectedContent,
        "internal_server_error" or "downstream_service_error" or "downstream_service_unavailable" or "internal_error"
            => ErrorClass.Transient,
        "generation_timeout" or "request_timeout" or "startup_timeout" => ErrorClass.Timeout,
        "concurrent_requests_limit" => ErrorClass.RateLimited,
        "client_disconnected" or "client_cancelled" => ErrorClass.Transient,
        "bad_request" or "missing" or "value_error" or "feature_not_supported" => ErrorClass.BadInput,
        { } runner when runner.StartsWith("runner_", StringComparison.Ordinal) => ErrorClass.Transient,
        _ => null,
    };
}
