using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Sandbox;

internal enum SandboxState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>One job as it lies in its folder; inputs and results are files beside it.</summary>
internal sealed record SandboxJob(
    string Id,
    JobKind Kind,
    JsonObject Parameters,
    IReadOnlyList<SandboxFile> Inputs,
    Uri? Callback,
    SandboxPlan Plan,
    DateTimeOffset AcceptedAt)
{
    public SandboxState State { get; init; }
    public SandboxFile? Preview { get; init; }
    public IReadOnlyList<SandboxFile> Outputs { get; init; } = [];
    public SandboxError? Error { get; init; }

    internal bool IsOver => State is SandboxState.Succeeded or SandboxState.Failed or SandboxState.Cancelled;

    internal JobText Text => new(Parameters);

    internal SandboxFile? Input(string role) => Inputs.FirstOrDefault(input => input.Role == role);

    /// <summary>What a poll or a callback says of it.</summary>
    internal JsonObject Said()
    {
        var said = new JsonObject { ["jobId"] = Id, ["status"] = Status() };
        if (State == SandboxState.Running)
            said["progress"] = Preview is null ? 10 : 60;
        if (Preview is { } preview)
            said["preview"] = Said(preview);
        if (State == SandboxState.Succeeded)
            said["outputs"] = new JsonArray([.. Outputs.Select(output => (JsonNode)Said(output))]);
        if (Error is { } error)
            said["error"] = new JsonObject { ["class"] = error.Class, ["code"] = error.Code, ["message"] = error.Message };
        return said;
    }

    private string Status() => Plan.Scenario == SandboxScenario.UnknownStatus && State == SandboxState.Running
        ? "pondering"
        : State.ToString().ToLowerInvariant();

    /// <summary>A path alone: the port is another one after every start.</summary>
    private JsonObject Said(SandboxFile file) => new()
    {
        ["url"] = $"/results/{Id}/{file.Name}",
        ["mime"] = file.Mime,
    };
}

internal sealed record SandboxFile(string Role, string Name, string Mime);

internal sealed record SandboxError(string Class, string Code, string Message);

/// <summary>A job's parameters as words to draw or speak.</summary>
internal readonly record struct JobText(JsonObject Parameters)
{
    private const int CountMax = 4;

    internal int Count => Parameters["count"] is JsonValue value && value.TryGetValue<int>(out var count) ? Math.Clamp(count, 1, CountMax) : 1;

    internal string Of(string name) => Parameters[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
