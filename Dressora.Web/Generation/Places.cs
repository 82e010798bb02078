using Dressora.Web.Data;

namespace Dressora.Web.Generation;

/// <summary>Where a job stands in the queue.</summary>
public sealed class Places(Glances glances)
{
    private const string Before = "SELECT count(*) FROM jobs WHERE state = 'Queued' AND turn < @turn";

    /// <summary>1 is next; null for what does not wait any more.</summary>
    public async Task<int?> OfAsync(JobState state, long turn, CancellationToken cancel) => state == JobState.Queued
        ? (int)await glances.NumberAsync(Before, cancel, ("@turn", turn)) + 1
        : null;
}
