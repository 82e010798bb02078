using Dressora.Web.Generation;
using Dressora.Web.Moderation;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>Reports, strikes and claims in words for whoever judges them.</summary>
public sealed class ModerationWords(IStringLocalizer<Words> words)
{
    public string Of(ReportReason reason) => reason switch
    {
        ReportReason.Me => words["Shows somebody who did not agree"],
        ReportReason.Child => words["Shows a child"],
        ReportReason.Undressed => words["Somebody is undressed"],
        ReportReason.Illegal => words["Breaks a law"],
        _ => words["Something else"],
    };

    public string Of(ReportState state) => state switch
    {
        ReportState.Open => words["Open"],
        ReportState.Kept => words["Kept"],
        ReportState.Removed => words["Removed"],
        _ => words["Went with its account"],
    };

    public string Of(StrikeReason reason) => reason switch
    {
        StrikeReason.Prompt => words["Our rules refused the words"],
        StrikeReason.Maker => words["A maker's rules refused it"],
        _ => words["A reported picture was removed"],
    };

    public string Of(ClaimReason reason) => reason switch
    {
        ClaimReason.NotMe => words["It does not look like the person"],
        ClaimReason.WrongGarment => words["It is another garment"],
        ClaimReason.Broken => words["The picture is broken"],
        _ => words["Something else"],
    };

    public string Of(ClaimState state) => state switch
    {
        ClaimState.Waiting => words["Waiting"],
        ClaimState.Refused => words["Refused"],
        ClaimState.Granted => words["Granted"],
        _ => words["Made good at once"],
    };

    /// <summary>How long is left, or since when it should have been done.</summary>
    public string Clock(Report report, DateTimeOffset now)
    {
        var left = report.DueAt - now;
        return left > TimeSpan.Zero
            ? words["{0} h {1} min left", (int)left.TotalHours, left.Minutes]
            : words["{0} h {1} min late", (int)-left.TotalHours, -left.Minutes];
    }
}
