using System.Globalization;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Studio;

/// <summary>Why a filled-in form came to no job: the status and the sentence. Nothing was held in any of these.</summary>
public static class SubmitWords
{
    public static (int Status, string Text) Of(ToolAnswer answer, IStringLocalizer<Words> words) => answer switch
    {
        ToolAnswer.Paused(var until) => (
            StatusCodes.Status403Forbidden,
            words["The rules refused too much of what you asked for, so asking is paused until {0} UTC. Nothing was held.", until.ToString("d MMM, HH:mm", CultureInfo.CurrentCulture)]),
        ToolAnswer.Answered(SubmitOutcome.NotEnough(var available, var needed)) => (
            StatusCodes.Status402PaymentRequired,
            words["This takes {0:N0} credits and you have {1:N0}. Nothing was held, and your photos stay in your wardrobe.", needed, available]),
        ToolAnswer.Answered(SubmitOutcome.InDebt(var debt)) => (
            StatusCodes.Status402PaymentRequired,
            words["You owe {0:N0} credits, because a payment was taken back after they were used. New ones pay that first. Nothing was held.", debt]),
        ToolAnswer.Answered(SubmitOutcome.TooManyWaiting(var most)) => (
            StatusCodes.Status429TooManyRequests,
            words["{0} of your jobs wait already. Let one finish, or cancel one. Nothing was held.", most]),
        ToolAnswer.Answered(SubmitOutcome.NoMaker) => (
            StatusCodes.Status503ServiceUnavailable,
            words["Nobody here can make this now: every maker is switched off. That is ours, not yours; nothing was held."]),
        _ => (
            StatusCodes.Status409Conflict,
            words["This page was sent before with something else in it. Load it again; nothing was held."]),
    };
}
