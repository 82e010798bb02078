using System.Globalization;

namespace Dressora.Web.Operations;

/// <summary>One setting as this server sees it, fit to be shown: secrets are masked.</summary>
public sealed record SettingLine(string Key, string Value, string From)
{
    public static IEnumerable<SettingLine> Of(IConfigurationRoot configuration)
    {
        var given = SettingFaults.Strongest(GivenValue.All(configuration)).ToLookup(pair => pair.Setting, pair => pair.Value);
        foreach (var setting in Settings.All)
        {
            if (!given.Contains(setting))
            {
                var unset = Convert.ToString(setting.Default, CultureInfo.InvariantCulture) ?? "";
                yield return new(setting.Key, setting.Shows(unset), GivenValue.Say(SettingSource.Default));
            }

            foreach (var value in given[setting])
                yield return new(setting.Key.Contains(Setting.AnyName) ? value.Key : setting.Key, setting.Shows(value.Text), GivenValue.Say(value.Source));
        }
    }
}
