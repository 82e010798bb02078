namespace Dressora.Web.Providers;

/// <summary>What an answer means whose body says nothing that we know.</summary>
internal static class WireErrors
{
    internal const int MessageMax = 200;

    /// <summary>A word that is neither good nor bad news, and no outage.</summary>
    internal const string UnknownStatus = "unknown_status";

    /// <summary>
    /// Without JSON it was not the company that answered but something in front of it, whose "forbidden" and "not found"
    /// say nothing about our key or our request.
    /// </summary>
    internal static ProviderError Of(Heard.Answer answer, string? code = null, string? message = null)
    {
        var error = answer.Json is null ? ByStatusAlone(answer.Status) : ByStatus(answer.Status);
        return Make(error, code ?? $"http_{answer.Status}", message, answer.RetryAfter);
    }

    internal static ProviderError Make(ErrorClass error, string code, string? message, TimeSpan? retryAfter = null) =>
        new(error, Clean(code, 60), Clean(message ?? "", MessageMax), retryAfter);

    internal static readonly ProviderError Garbage = new(ErrorClass.Transient, "garbage", "The answer could not be read.");

    internal static readonly ProviderError NoMedia = new(ErrorClass.RejectedContent, "no_media", "It finished without a result.");

    internal static ProviderError UnknownWord(string? word) =>
        new(ErrorClass.Transient, UnknownStatus, $"A status that is not known: {Clean(word ?? "none", 40)}");

    /// <summary>A short line of letters; it may be shown to the owner.</summary>
    internal static string Clean(string text, int max)
    {
        var line = new string([.. text.Take(max).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return line.Length > 0 && char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
    }

    private static ErrorClass ByStatus(int status) => status switch
    {
        401 or 403 => ErrorClass.Auth,
        402 => ErrorClass.OutOfFunds,
        408 or 504 => ErrorClass.Timeout,
        429 => ErrorClass.RateLimited,
        499 => ErrorClass.Transient,
        >= 400 and < 500 => ErrorClass.BadInput,
        _ => ErrorClass.Transient,
    };

    private static ErrorClass ByStatusAlone(int status) => status switch
    {
        401 or 402 or 408 or 413 or 429 or 504 => ByStatus(status),
        _ => ErrorClass.Transient,
    };
}
