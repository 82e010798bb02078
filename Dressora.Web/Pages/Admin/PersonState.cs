using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

public enum PersonState
{
    Active,
    Unconfirmed,
    Suspended,
    Leaving,
}

/// <summary>An account in one word, the most urgent first.</summary>
public static class PersonStates
{
    public static PersonState Of(bool isConfirmed, bool isSuspended, bool isLeaving) =>
        isSuspended ? PersonState.Suspended
        : isLeaving ? PersonState.Leaving
        : isConfirmed ? PersonState.Active
        : PersonState.Unconfirmed;

    public static string Say(this IStringLocalizer<Words> words, PersonState state) => state switch
    {
        PersonState.Active => words["Active"],
        PersonState.Unconfirmed => words["Not confirmed"],
        PersonState.Suspended => words["Suspended"],
        _ => words["Leaving"],
    };

    public static string Say(this IStringLocalizer<Words> words, Role role) => role switch
    {
        Role.Owner => words["Owner"],
        Role.Admin => words["Admin"],
        _ => words["Person"],
    };

    /// <summary>The badge's colour, which never speaks alone.</summary>
    public static string Tone(this PersonState state) => state switch
    {
        PersonState.Active => "badge--good",
        PersonState.Suspended => "badge--bad",
        PersonState.Leaving => "badge--warn",
        _ => "",
    };
}
