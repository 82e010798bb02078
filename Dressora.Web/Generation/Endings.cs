using Dressora.Web.Data;
using Dressora.Web.Ledger;

namespace Dressora.Web.Generation;

/// <summary>The ends that cost nothing: the step and the credits' way back are one write.</summary>
public sealed class Endings(CreditLedger ledger)
{
    internal Task<bool> FailAsync(Write write, Job job, FailReason reason, string detail) =>
        EndAsync(write, job, job.GivenUp(reason, detail, write.Now), ReleaseCause.Failed, reason.ToString());

    internal Task<bool> CancelAsync(Write write, Job job) =>
        EndAsync(write, job, job.CalledOff(write.Now), ReleaseCause.Cancelled, "cancelled");

    private async Task<bool> EndAsync(Write write, Job before, Job after, ReleaseCause cause, string reason)
    {
        if (!await JobRows.SaveAsync(write, before, after))
            return false;
        var outcome = await ledger.ReleaseAsync(write, new Command($"end:{after.Id}"), after.Reference, cause, reason);
        // The ledger's own sweep may have come first when this job was late; any other answer means the books are wrong.
        return outcome is Released or AlreadyReleased
            ? true
            : throw new InvalidOperationException($"{after.Reference} ended and its hold answered {outcome}.");
    }
}
