namespace Dressora.Web.Operations;

/// <summary>Every setting as the server would see it, and everything that would stop the start.</summary>
internal static class ConfigCheck
{
    internal static Task<int> RunAsync(Start start)
    {
        var house = start.Open();
        var rows = SettingLine.Of(house.Configuration).ToList();
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
}
