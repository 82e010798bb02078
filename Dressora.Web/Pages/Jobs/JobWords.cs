using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Jobs;

/// <summary>Stages and ends of a job, for the person who waits for it.</summary>
public sealed class JobWords(IStringLocalizer<Words> words)
{
    public string Stage(JobState state) => state switch
    {
        JobState.Queued => words["In the queue"],
        JobState.Sending => words["Sent to the maker"],
        JobState.Working => words["Working"],
        JobState.Previewed => words["A preview is there"],
        JobState.Saving => words["Saving to your history"],
        JobState.Done => words["Done"],
        JobState.Cancelled => words["Cancelled"],
        _ => words["This one did not work"],
    };

    /// <summary>What happened and whose fault it is.</summary>
    public string Why(FailReason? reason) => reason switch
    {
        FailReason.Refused => words["The maker's rules do not allow this picture. Another photo, or other words, may pass."],
        FailReason.BadInput => words["The maker could not use what it was given. Another photo of you or of the garment may do."],
        FailReason.NoMaker => words["No maker could take it. That is ours, not your photo's."],
        FailReason.MakerFailed => words["The maker tried and failed. That is its fault, not your photo's."],
        FailReason.Empty => words["The maker said it was done and gave nothing. That is its fault, not your photo's."],
        FailReason.BadResult => words["What the maker sent was broken, and we do not keep broken pictures. That is its fault, not your photo's."],
        FailReason.Lost => words["The maker took the job and never answered. That is its fault, not your photo's."],
        FailReason.Deadline => words["The maker did not finish in time. That is its fault, not your photo's."],
        FailReason.Storage => words["It was made, and our own storage would not take it. That is our fault."],
        _ => words["The people who run this server ended it."],
    };

    /// <summary>The one next step after that.</summary>
    public string Next(FailReason? reason) => reason switch
    {
        FailReason.Refused or FailReason.BadInput => words["Choose other photos and try once more."],
        FailReason.NoMaker or FailReason.Storage => words["Try again in a few minutes."],
        _ => words["Same photos, same choices, whoever is first in line now."],
    };

    /// <summary>Said once, when something changed, to whoever does not see the page.</summary>
    public string Announce(JobState state) => state switch
    {
        JobState.Done => words["Your picture is ready."],
        JobState.Failed => words["The job failed. Your credits are back."],
        JobState.Cancelled => words["The job is cancelled. Your credits are back."],
        JobState.Previewed => words["A preview is there. The full picture follows."],
        _ => "",
    };
}
