using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Dressora.Web.Notices;

namespace Dressora.Web.Generation;

/// <summary>
/// The ends that cost nothing: the step, the credits' way back and the early picture's way out are one write; the maker is
/// told after it.
/// </summary>
public sealed class Endings(CreditLedger ledger, MediaStore media, Recalls recalls, NoticeBoard board)
{
    internal async Task<bool> FailAsync(Write write, Job job, FailReason reason, string detail)
    {
        if (!await EndAsync(write, job, job.GivenUp(reason, detail, write.Now), ReleaseCause.Failed, reason.ToString()))
            return false;
        await board.PutUpAsync(write, job.UserId, NoticeKind.Failed, job.Path, write.Now - job.CreatedAt);
        // Of every other failure it was the maker that told us.
        if (reason is FailReason.Deadline or FailReason.Ended)
            Recall(write, job);
        if (reason == FailReason.Refused)
            await Strikes.AddAsync(write, job.UserId, StrikeReason.Maker, job.Reference);
        return true;
    }

    /// <summary>False only when it has ended: who calls a job off is not turned away because a worker took a step meanwhile.</summary>
    internal async Task<bool> CancelAsync(Write write, Job job)
    {
        for (var now = job; now is { IsOver: false }; now = await JobRows.FindAsync(write, job.Id))
        {
            if (!await EndAsync(write, now, now.CalledOff(write.Now), ReleaseCause.Cancelled, "cancelled"))
                continue;
            Recall(write, now);
            return true;
        }

        return false;
    }

    /// <summary>An admin's word, which is not turned away either.</summary>
    internal async Task<bool> BreakOffAsync(Write write, Job job, string reason)
    {
        for (var now = job; now is { IsOver: false }; now = await JobRows.FindAsync(write, job.Id))
        {
            if (await FailAsync(write, now, FailReason.Ended, reason))
                return true;
        }

        return false;
    }

    private async Task<bool> EndAsync(Write write, Job before, Job after, ReleaseCause cause, string reason)
    {
        if (!await JobRows.SaveAsync(write, before, after))
            return false;
        var outcome = await ledger.ReleaseAsync(write, new Command($"end:{after.Id}"), after.Reference, cause, reason);
        // The ledger's own sweep may have come first when this job was late; any other answer means the books are wrong.
        if (outcome is not (Released or AlreadyReleased))
            throw new InvalidOperationException($"{after.Reference} ended and its hold answered {outcome}.");
        if (before.PreviewId is { } preview)
            await media.MarkAsync(write, before.UserId, preview, DeletionReason.Expired);
        return true;
    }

    private void Recall(Write write, Job before)
    {
        if (before.State is JobState.Working or JobState.Previewed)
            recalls.After(write, before);
    }
}
