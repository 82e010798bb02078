using System.Globalization;

namespace Dressora.Web.Operations;

/// <summary>Every setting as the server would see it, and everything that would stop the start.</summary>
internal static class ConfigCheck
{
    internal static Task<int> RunAsync(Start start)
    {
        var house = start.Open();
        var rows = Rows(house).ToList();
        var (key, value) = (rows.Max(row => row.Key.Length), Math.Min(48, rows.Max(row => row.Value.Length)));
        foreach (var row in rows)
            Console.WriteLine($"{row.Key.PadRight(key)}  {row.Value.PadRight(value)}  {row.From}".TrimEnd());
        Console.WriteLine();
        var faults = new List<string>(house.FileFaults);
        faults.AddRange(SettingFaults.Of(house.Configuration));
        if (faults.Count > 0)
            return Task.FromResult(Start.Refuse(faults, "With these settings Dressora does not start"));
        Console.WriteLine($"{Settings.All.Count} settings, no faults.");
        return Task.FromResult(Exit.Done);
    }

    private static IEnumerable<(string Key, string Value, string From)> Rows(OpenedHouse house)
    {
        var given = SettingFaults.Strongest(GivenValue.All(house.Configuration)).ToLookup(pair => pair.Setting, pair => pair.Value);
        foreach (var setting in Settings.All)
        {
            if (!given.Contains(setting))
            {
                var unset = Convert.ToString(setting.Default, CultureInfo.InvariantCulture) ?? "";
                yield return (setting.Key, setting.Shows(unset), GivenValue.Say(SettingSource.Default));
            }

            foreach (var value in given[setting])
                yield return (setting.Key.Contains(Setting.AnyName) ? value.Key : setting.Key, setting.Shows(value.Text), GivenValue.Say(value.Source));
        }
    }
}
