using Dressora.Web.Data;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Errors;

/// <summary>The sentences for one kind of failure, and where to go from it.</summary>
public sealed record ErrorWords(string Title, string Text, string Step, string StepPath)
{
    public static ErrorWords For(int status, Exception? failure, HttpContext context, IStringLocalizer<Words> words)
    {
        var asked = context.PathAsked();
        var bare = asked.Split('?')[0];
        var again = words["Load the page again"];
        var door = words["To the front door"];
        return status switch
        {
            400 => new(
                words["This could not be read"],
                words["What arrived was damaged, or the page it came from was too old. Nothing was changed. Load the page again and send it once more."],
                again, bare),
            401 => new(
                words["Sign in first"],
                words["This page belongs to somebody with an account, and your sign-in has ended or not begun."],
                words["Sign in"], $"/account/sign-in?returnTo={Uri.EscapeDataString(asked)}"),
            403 when ForeignPosts.WasRefused(context) => new(
                words["Another site sent this"],
                words["A page elsewhere made your browser send a form here. It was refused and nothing was changed. If you meant to do it, do it from here."],
                again, asked),
            403 => new(
                words["This door is not yours"],
                words["Your account may not open this page. If it should, whoever runs this server can give you the right."],
                door, "/"),
            404 => new(
                words["Nothing hangs here"],
                words["The address is mistyped, or what was here has been removed."],
                door, "/"),
            405 => new(
                words["Not in this way"],
                words["The address exists, but it does not take what was sent to it. The fault is in the link or program that sent it. Nothing was changed."],
                again, asked),
            413 => new(
                words["That is too large"],
                words["What was sent is larger than this address takes. Nothing was kept. Choose something smaller and send it again."],
                again, asked),
            422 => new(
                words["Something in it is not right"],
                words["The server understood the form but cannot accept what it says. Nothing was changed. Look the fields over and send it again."],
                again, asked),
            429 => Slower(context.Response.Headers.RetryAfter, asked, words),
            503 => Away(failure as DatabaseUnavailableException, asked, words),
            < 500 => new(
                words["This was not accepted"],
                words["The server could not take what was sent and changed nothing."],
                again, asked),
            _ => new(
                words["A seam came apart"],
                words["That is this server's fault, not yours. What you were doing may not have been saved. The owner finds it in the log under the number below."],
                again, asked),
        };
    }

    private static ErrorWords Slower(string? seconds, string asked, IStringLocalizer<Words> words) => new(
        words["A little slower"],
        words["More came from your account or your network than one person sends. Nothing was lost. In {0} seconds it goes on.", seconds ?? "60"],
        words["Load the page again"], asked);

    private static ErrorWords Away(DatabaseUnavailableException? failure, string asked, IStringLocalizer<Words> words) => new(
        words["Closed for a moment"],
        failure?.Why switch
        {
            Unavailable.Busy => words["Many people are writing at once and your turn did not come. Nothing was saved and nothing was charged. In a few seconds there is room."],
            Unavailable.CannotWrite => words["This server's disk takes no new writing. That is not your fault. What was saved before is safe and can be read; nothing new is saved or charged until the owner makes room."],
            Unavailable.Offline => words["The database of this server does not answer. That is not your fault. Nothing was saved and nothing was charged; half a minute is often enough."],
            Unavailable.Damaged => words["A check of this server's credit books found something that cannot be, so no credits move until the owner has looked into it. Nothing was charged; everything can still be read."],
            Unavailable.Stopping => words["This server is being restarted. Nothing was saved and nothing was charged; half a minute is often enough."],
            _ => words["This server cannot answer now. That is not your fault; half a minute is often enough."],
        },
        words["Load the page again"], asked);
}
