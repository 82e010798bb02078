using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Reads a signed invocation into a job and its files.</summary>
internal sealed class SandboxIntake(IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>The name of the environment (<c>--environment</c>) in which a request may choose its scenario.</summary>
    internal const string Measurement = "Measurement";

    internal (SandboxJob Job, IReadOnlyList<byte[]> Inputs)? Read(byte[] body, string id)
    {
        if (LooseJson.Read(body) is not { } said || said.Text("jobId") != id || !SandboxFolder.IsId(id)
            || !Enum.TryParse<JobKind>(said.Text("kind"), ignoreCase: true, out var kind))
            return null;
        var parameters = said.Child("parameters") is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        var files = new List<SandboxFile>();
        var inputs = new List<byte[]>();
        foreach (var input in said.Items("inputs"))
        {
            if (input.Child("base64") is not { ValueKind: JsonValueKind.String } text || !text.TryGetBytesFromBase64(out var bytes))
                return null;
            files.Add(new SandboxFile(input.Text("role") ?? "", $"input-{files.Count}", input.Text("mime") ?? ""));
            inputs.Add(bytes);
        }

        var plan = SandboxPlan.Read(parameters, environment.IsEnvironment(Measurement));
        if (plan.Scenario == SandboxScenario.EarlyCallback)
            plan = plan with { Preview = TimeSpan.Zero, Final = TimeSpan.Zero };
        var callback = Uri.TryCreate(said.Text("callback"), UriKind.Absolute, out var address) ? address : null;
        return (new SandboxJob(id, kind, parameters, files, callback, plan, clock.GetUtcNow()), inputs);
    }
}
