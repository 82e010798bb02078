using System.Text.Json;

namespace Dressora.Web.Providers.EvoLink;

/// <summary>EvoLink's words for what went wrong, in ours. Codes count, the status only where there is none.</summary>
internal static class EvoLinkErrors
{
    private static readonly string[] Money = ["credit", "balance", "insufficient", "top up"];

    /// <summary>Of an HTTP answer; its code is a number on some addresses and a word on others.</summary>
    internal static ProviderError Of(Heard.Answer answer)
    {
        if (answer.Json?.Child("error") is not { } error)
            return WireErrors.Of(answer);
        var code = error.Text("code") ?? "";
        var type = error.Text("type") ?? "";
        return (ClassOf(code) ?? ClassOfType(type)) is { } known
            ? WireErrors.Make(known, code.Length > 0 && !char.IsDigit(code[0]) ? code : type, error.Text("message"), answer.RetryAfter)
            : WireErrors.Of(answer, message: error.Text("message"));
    }

    internal static ProviderError OfUpload(Heard.Answer answer, JsonElement json)
    {
        var code = json.Text("code") ?? "";
        ErrorClass? known = code switch
        {
            "40001" or "40002" => ErrorClass.BadInput,
            "40003" => ErrorClass.OutOfFunds,
            "40004" or "50001" => ErrorClass.Transient,
            _ => null,
        };
        if (known is { } error)
            return WireErrors.Make(error, $"upload_{code}", json.Text("msg"), answer.RetryAfter);
        return answer.IsGood ? WireErrors.Make(ErrorClass.Transient, "upload_failed", json.Text("msg")) : Of(answer);
    }

    /// <summary>Of a task that says "failed".</summary>
    internal static ProviderError OfTask(JsonElement task)
    {
        var error = task.Child("error");
        var code = error?.Text("code") ?? "unknown_error";
        var message = error?.Text("message") ?? "";
        var known = code == "quota_exceeded" && !IsAboutMoney(message) ? ErrorClass.RateLimited : ClassOf(code);
        return WireErrors.Make(known ?? ErrorClass.Transient, code, message);
    }

    internal static bool IsCancelled(JsonElement task) => task.Child("error")?.Text("code") == "request_cancelled";

    /// <summary>It was sent before, and only they know how that went.</summary>
    internal static bool IsAboutEarlier(ProviderError error) => error.Code is "idempotency_conflict" or "paid_outcome_unknown";

    private static bool IsAboutMoney(string message) => Money
        .Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static ErrorClass? ClassOf(string code) => code switch
    {
        "content_policy_violation" or "content_filter" or "sensitive_content" or "moderation_blocked"
            or "input_moderation_failed" or "generation_failed_no_content" => ErrorClass.RejectedContent,
        "invalid_parameters" or "image_processing_error" or "image_dimension_mismatch" or "resource_not_found"
            or "invalid_task_id" or "idempotency_conflict" => ErrorClass.BadInput,
        "unauthorized" or "permission_denied" or "key_disabled" or "key_expired" or "key_model_not_allowed"
            or "user_disabled" => ErrorClass.Auth,
        "quota_exceeded" or "insufficient_quota" or "insufficient_user_quota" or "quota_not_enough"
            or "account_balance_insufficient" or "insufficient_token_quota" or "key_quota_exhausted"
            or "token_daily_quota_exceeded" or "key_daily_quota_exhausted" => ErrorClass.OutOfFunds,
        "rate_limit_exceeded" or "rate_limited" => ErrorClass.RateLimited,
        "generation_timeout" => ErrorClass.Timeout,
        "resource_exhausted" or "service_error" or "service_unavailable" or "upstream_error" or "unknown_error"
            or "internal_error" or "no_available_channel" or "model_unavailable" or "channel_selection_failed"
            or "task_not_found" or "paid_outcome_unknown" => ErrorClass.Transient,
        _ => null,
    };

    private static ErrorClass? ClassOfType(string type) => type switch
    {
        "invalid_request_error" or "not_found_error" or "request_too_large_error" => ErrorClass.BadInput,
        "authentication_error" or "permission_error" => ErrorClass.Auth,
        "insufficient_quota_error" or "insufficient_quota" => ErrorClass.OutOfFunds,
        "rate_limit_error" => ErrorClass.RateLimited,
        "internal_server_error" or "upstream_error" or "service_unavailable_error" => ErrorClass.Transient,
        _ => null,
    };
}
