using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Account;

/// <summary>What is wrong with a password or a puzzle, in words a person can act on.</summary>
internal static class AccountWords
{
    internal static string Say(this IStringLocalizer<Words> words, PasswordFault fault) => fault switch
    {
        PasswordFault.TooShort => words["At least {0} characters. A few words in a row are easy to keep in mind.", PasswordRules.LengthMin],
        PasswordFault.TooLong => words["At most {0} characters.", PasswordRules.LengthMax],
        PasswordFault.Common => words["This is one of the first that anybody would try. Choose another."],
        _ => words["It is almost your e-mail address, so it is easily guessed. Choose another."],
    };

    internal static string Say(this IStringLocalizer<Words> words, PuzzleAnswer answer) => answer switch
    {
        PuzzleAnswer.TooFast => words["That was quicker than people type. Nothing is lost: press the button once more."],
        PuzzleAnswer.Stale => words["This page was open for a long time, or used already. Here is a new question; what you typed is kept."],
        _ => words["The answer to the question is not right. Here is a new one; what you typed is kept."],
    };

    internal static string TooOften(this IStringLocalizer<Words> words, TimeSpan wait) => wait > TimeSpan.FromSeconds(90)
        ? words["That was tried too often. Try again in {0} minutes.", Math.Ceiling(wait.TotalMinutes)]
        : words["That was tried too often. Try again in {0} seconds.", Math.Ceiling(wait.TotalSeconds)];

    /// <summary>Small numbers as words, so that the question is for readers.</summary>
    internal static string Spell(this IStringLocalizer<Words> words, int number) => number switch
    {
        2 => words["two"],
        3 => words["three"],
        4 => words["four"],
        5 => words["five"],
        6 => words["six"],
        7 => words["seven"],
        8 => words["eight"],
        _ => words["nine"],
    };
}
