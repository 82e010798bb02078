using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>States and reasons of jobs, as an admin reads them.</summary>
public sealed class JobWords(IStringLocalizer<Words> words)
{
    public string Of(JobState state) => state switch
    {
        JobState.Queued => words["waiting"],
        JobState.Sending => words["being asked for"],
        JobState.Working => words["being made"],
        JobState.Previewed => words["preview shown"],
        JobState.Saving => words["being kept"],
        JobState.Done => words["done"],
        JobState.Cancelled => words["cancelled"],
        _ => words["failed"],
    };

    public string Of(FailReason? reason) => reason switch
    {
        null => "",
        FailReason.Refused => words["The maker's rules forbid it."],
        FailReason.BadInput => words["The maker could not use what it was given."],
        FailReason.NoMaker => words["No enabled model could take it."],
        FailReason.MakerFailed => words["The maker tried and failed."],
        FailReason.Empty => words["The maker said it was done and gave nothing."],
        FailReason.BadResult => words["What came back is not what was asked for."],
        FailReason.Lost => words["The maker never answered."],
        FailReason.Deadline => words["It was not done in time."],
        FailReason.Storage => words["Our own storage would not take the result."],
        _ => words["An admin ended it."],
    };
}
