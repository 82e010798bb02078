using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>What a job's calls said, in which an end is the last word.</summary>
internal static class Told
{
    internal static async Task<List<Snapshot>> ReadAsync(
        Job job, IProvider provider, IReadOnlyList<JobCall> calls, CancellationToken cancel)
    {
        var called = new List<Snapshot>();
        foreach (var call in calls.Where(call => call.Verdict == CallVerdict.Verified))
        {
            if (await provider.ReadCallbackAsync(call.Again(job), cancel) is Callback.Verified verified)
                called.Add(verified.Snapshot);
        }

        return called;
    }

    /// <summary>An end is the last word, whatever order the calls came in.</summary>
    internal static Snapshot? Last(List<Snapshot> called) => called.FirstOrDefault(IsEnd) ?? called.LastOrDefault();

    /// <summary>Some say "done" in a call and leave the result to be asked for.</summary>
    internal static bool IsWhole(Snapshot? snapshot) =>
        snapshot is not null && IsEnd(snapshot) && (snapshot.State != SnapshotState.Succeeded || snapshot.Outputs.Count > 0);

    private static bool IsEnd(Snapshot snapshot) =>
        snapshot.State is SnapshotState.Succeeded or SnapshotState.Failed or SnapshotState.Cancelled;
}
