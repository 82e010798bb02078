using System.Globalization;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>How a sandbox job goes, for tests and measurements; people's jobs always go well.</summary>
internal enum SandboxScenario
{
    Ok,
    Slow,
    Never,
    NoPreview,
    FailTransient,
    FailRateLimited,
    FailContent,
    FailInput,
    FailAuth,
    FailFunds,
    FailTimeout,
    RefuseTransient,
    RefuseRateLimited,
    RefuseContent,
    RefuseInput,
    RefuseAuth,
    RefuseFunds,
    LostAnswer,
    SilentAnswer,
    HtmlAnswer,
    EarlyCallback,
    LostCallback,
    DuplicateCallback,
    ForgedCallback,
    StaleCallback,
    OutOfOrder,
    UnknownStatus,
    NoMedia,
    ExpiredResult,
    EndlessResult,
    OversizedResult,
    BrokenResult,
    HtmlResult,
    CancelTooLate,
}

/// <summary>One job's script.</summary>
/// <param name="IsPlain">A picture of one colour instead of a drawn one, where drawing is not what is measured.</param>
internal sealed record SandboxPlan(SandboxScenario Scenario, TimeSpan Preview, TimeSpan Final, bool IsPlain)
{
    internal const string Parameter = "scenario";
    private const double SecondsMax = 3600;
    private static readonly SandboxPlan Usual = new(SandboxScenario.Ok, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4), IsPlain: false);

    internal static SandboxPlan Read(JsonObject parameters, bool mayChoose) => !mayChoose
        ? Usual
        : parameters[Parameter] switch
        {
            JsonObject plan => Paced(Named(Text(plan["name"])), plan),
            JsonValue words => Spelled(Text(words) ?? ""),
            _ => Usual,
        };

    /// <summary>As a form or an address can say it: <c>fail_content preview=0 final=0.5 plain</c>.</summary>
    private static SandboxPlan Spelled(string words)
    {
        var parts = words.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        var by = new JsonObject();
        foreach (var pair in parts.Skip(1).Select(part => part.Split('=')))
        {
            if (pair is [var name, var value] && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
                by[name + "Seconds"] = seconds;
            else if (pair is ["plain"])
                by["plain"] = true;
        }

        return Paced(Named(parts.FirstOrDefault()), by);
    }

    private static SandboxPlan Named(string? name)
    {
        var plain = name?.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var scenario = Enum.TryParse<SandboxScenario>(plain, ignoreCase: true, out var known) ? known : SandboxScenario.Ok;
        return scenario == SandboxScenario.Slow
            ? Usual with { Scenario = scenario, Preview = TimeSpan.FromSeconds(20), Final = TimeSpan.FromSeconds(60) }
            : Usual with { Scenario = scenario };
    }

    private static SandboxPlan Paced(SandboxPlan plan, JsonObject by) => plan with
    {
        Preview = Seconds(by["previewSeconds"]) ?? plan.Preview,
        Final = Seconds(by["finalSeconds"]) ?? plan.Final,
        IsPlain = by["plain"] is JsonValue value && value.TryGetValue<bool>(out var isPlain) && isPlain,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static TimeSpan? Seconds(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is >= 0 and <= SecondsMax
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
