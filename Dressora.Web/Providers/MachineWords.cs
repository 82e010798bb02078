using System.Text.Json;

namespace Dressora.Web.Providers;

/// <summary>How a machine says where a job stands: the same in answers and in its own calls.</summary>
internal static class MachineWords
{
    internal static Snapshot Read(JsonElement said, Machine machine)
    {
        var status = said.Text("status");
        var preview = said.Child("preview") is { } early ? Output(early, machine) : null;
        return status?.ToUpperInvariant() switch
        {
            "QUEUED" => new Snapshot(SnapshotState.Queued, Position: (int?)said.Number("position")),
            "RUNNING" => new Snapshot(SnapshotState.Running, said.Percent("progress"), Preview: preview),
            "SUCCEEDED" => Finished(said, machine, preview),
            "FAILED" => Snapshot.Failed(Error(said)),
            "CANCELLED" or "CANCELED" => new Snapshot(SnapshotState.Cancelled),
            _ => Snapshot.Unclear(WireErrors.UnknownWord(status)),
        };
    }

    internal static ProviderError Error(Heard.Answer answer) => answer.Json?.Child("error") is { } error
        ? Error(error, ClassOf(error.Text("class")) ?? WireErrors.Of(answer).Class, answer.RetryAfter)
        : WireErrors.Of(answer);

    private static ProviderError Error(JsonElement said) => said.Child("error") is { } error
        ? Error(error, ClassOf(error.Text("class")) ?? ErrorClass.Transient, error.Seconds("retryAfter"))
        : WireErrors.Make(ErrorClass.Transient, "failed", null);

    private static ProviderError Error(JsonElement error, ErrorClass kind, TimeSpan? retryAfter) =>
        WireErrors.Make(kind, error.Text("code") ?? "failed", error.Text("message"), retryAfter);

    private static Snapshot Finished(JsonElement said, Machine machine, ProviderOutput? preview)
    {
        var outputs = said.Items("outputs").Select(output => Output(output, machine)).OfType<ProviderOutput>().ToList();
        return outputs.Count == 0
            ? Snapshot.Failed(WireErrors.NoMedia)
            : new Snapshot(SnapshotState.Succeeded, 100, Preview: preview, Finals: outputs, Cost: said.Text("cost"));
    }

    private static ProviderOutput? Output(JsonElement output, Machine machine)
    {
        var mime = output.Text("mime");
        if (output.Child("base64") is { ValueKind: JsonValueKind.String } inline)
            return inline.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0 ? new ProviderOutput(null, bytes, mime) : null;
        return Uri.TryCreate(machine.Address, output.Text("url"), out var address) && machine.Holds(address)
            ? new ProviderOutput(address, Mime: mime)
            : null;
    }

    private static ErrorClass? ClassOf(string? word) => word switch
    {
        "transient" => ErrorClass.Transient,
        "rate_limited" => ErrorClass.RateLimited,
        "rejected_content" => ErrorClass.RejectedContent,
        "bad_input" => ErrorClass.BadInput,
        "auth" => ErrorClass.Auth,
        "out_of_funds" => ErrorClass.OutOfFunds,
        "timeout" => ErrorClass.Timeout,
        _ => null,
    };
}
