using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Setup;

/// <summary>Says so when a page saved a value that something stronger overrules.</summary>
internal static class SettingsTold
{
    internal static void Tell(this Room room, IStringLocalizer<Words> words, IReadOnlyList<string> overruled)
    {
        if (overruled.Count > 0)
        {
            room.Say(
                words["Saved, but the environment or the command line says otherwise and wins: {0}.", string.Join(", ", overruled)],
                Tone.Warn);
        }
    }
}
