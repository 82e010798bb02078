using System.Text.Json;

namespace Dressora.Web.Providers.EvoLink;

/// <summary>Reads EvoLink's task object, the same from every address.</summary>
internal sealed partial class EvoLinkTasks(ILogger<EvoLinkTasks> log)
{
    internal Snapshot Read(JsonElement task)
    {
        var status = task.Text("status");
        switch (status?.ToUpperInvariant())
        {
            case "PENDING":
                return new Snapshot(SnapshotState.Queued, task.Percent("progress"));
            case "PROCESSING":
                return new Snapshot(SnapshotState.Running, task.Percent("progress"));
            case "COMPLETED":
                return Finished(task);
            case "FAILED" when EvoLinkErrors.IsCancelled(task):
            case "CANCELLED" or "CANCELED":
                return new Snapshot(SnapshotState.Cancelled);
            case "FAILED":
                return Snapshot.Failed(EvoLinkErrors.OfTask(task));
            default:
                var unknown = WireErrors.UnknownWord(status);
                Log.UnknownStatus(log, unknown.Message);
                return Snapshot.Unclear(unknown);
        }
    }

    private static Snapshot Finished(JsonElement task)
    {
        var outputs = task.Items("results").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())
            .Concat(task.Items("result_data").Select(item => item.Text("image_url")))
            .Where(text => Uri.TryCreate(text, UriKind.Absolute, out _)).Distinct()
            .Select(text => new ProviderOutput(new Uri(text!))).ToList();
        return outputs.Count == 0
            ? Snapshot.Failed(WireErrors.NoMedia)
            : new Snapshot(SnapshotState.Succeeded, 100, Finals: outputs, Cost: Cost(task.Child("usage")));
    }

    private static string? Cost(JsonElement? usage) =>
        (usage?.Text("credits_used") ?? usage?.Text("credits_reserved")) is { } credits ? $"{credits} credits" : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "EvoLink: {Why}")]
        public static partial void UnknownStatus(ILogger logger, string why);
    }
}
