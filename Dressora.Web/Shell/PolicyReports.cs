using System.Text.Json;

namespace Dressora.Web.Shell;

/// <summary>
/// Takes what browsers report against the content policy. Says in the log which rule it was, never an address.
/// </summary>
internal sealed partial class PolicyReports(ILogger<PolicyReports> log)
{
    private const int BytesMax = 16 * 1024;
    private const int ReportsMax = 10;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(
            ContentPolicy.ReportPath, static (HttpContext http, PolicyReports reports) => reports.TakeAsync(http))
            .WithMetadata(new AcceptsForeignPostsAttribute(), new RateLimitedAttribute(RateRules.Callback));

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        try
        {
            using var report = JsonDocument.Parse(body);
            foreach (var rule in RulesIn(report.RootElement).Take(ReportsMax))
                Log.Broken(log, rule);
            return Results.NoContent();
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var buffer = new byte[BytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (length > BytesMax)
            return null;
        return buffer.AsMemory(0, length);
    }

    // Two shapes: one report under "csp-report", or an array of reports with a "body" each.
    private static IEnumerable<string> RulesIn(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array =>
            root.EnumerateArray().Select(report => RuleOf(Member(report, "body"), "effectiveDirective")),
        JsonValueKind.Object => [RuleOf(Member(root, "csp-report"), "effective-directive")],
        _ => [],
    };

    private static string RuleOf(JsonElement? report, string name) =>
        report is { } body && Member(body, name) is { ValueKind: JsonValueKind.String } rule
            ? Plain(rule.GetString()!)
            : "unknown";

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string Plain(string rule) =>
        rule.Length <= 32 && rule.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') ? rule : "unknown";

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning, Message = "A browser reports that {Rule} of the content policy was broken")]
        public static partial void Broken(ILogger logger, string rule);
    }
}
