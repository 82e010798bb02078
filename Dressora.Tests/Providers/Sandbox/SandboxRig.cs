using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers.Sandbox;

/// <summary>The sandbox as the engine meets it.</summary>
internal static class SandboxRig
{
    internal static Rig Open(TemporaryFolder? folder = null, string environment = "Measurement")
    {
        var rig = Rig.Open([], folder, environment);
        rig.Trap.Clock = rig.Clock;
        return rig;
    }

    internal static IProvider Sandbox(this Rig rig) => rig["sandbox"];

    internal static JsonObject Script(string scenario, double preview = 0, double final = 0, bool plain = true) => new()
    {
        ["scenario"] = new JsonObject { ["name"] = scenario, ["previewSeconds"] = preview, ["finalSeconds"] = final, ["plain"] = plain },
    };

    internal static ProviderRequest Request(this Rig rig, JsonObject parameters, JobKind kind = JobKind.TryOn) =>
        rig.Request("sandbox", callback: new Uri("https://dressora.test/hooks/providers/sandbox/job-1/token"), parameters: parameters)
            with { Kind = kind };

    internal static Task<Submission> SubmitAsync(this Rig rig, string scenario) =>
        rig.Sandbox().SubmitAsync(rig.Request(Script(scenario)), default);

    /// <summary>Looks until it is over.</summary>
    internal static async Task<Snapshot> EndAsync(this Rig rig)
    {
        for (var i = 0; i < 3_000; i++)
        {
            var seen = await rig.Sandbox().PollAsync("job-1", default);
            if (seen.State is SnapshotState.Succeeded or SnapshotState.Failed or SnapshotState.Cancelled)
                return seen;
            await Task.Delay(10);
        }

        throw new TimeoutException("It never ended.");
    }

    internal static async Task<byte[]> FetchAsync(this Rig rig, Snapshot seen, int bytesMax = 10_000_000)
    {
        await using var stream = await ((IFetchesResults)rig.Sandbox()).OpenResultAsync(seen.Outputs[0].Address!, default);
        Assert.NotNull(stream);
        using var kept = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (int read; kept.Length < bytesMax && (read = await stream.ReadAsync(piece)) > 0;)
            kept.Write(piece, 0, read);
        return kept.ToArray();
    }
}
