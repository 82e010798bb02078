using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>Everything that would go wrong later, said at once and before anything is made.</summary>
public static class StartupCheck
{
    private const string KestrelEndpoints = "Kestrel:Endpoints";

    public static async Task<IReadOnlyList<string>> FaultsAsync(OpenedHouse house, bool listens)
    {
        var configuration = house.Configuration;
        var faults = new List<string>(house.FileFaults);
        faults.AddRange(SettingFaults.Of(configuration));
        faults.AddRange(FolderCheck.Faults(house.Folder, Bound<DiskOptions>(configuration, DiskOptions.Section).FreeMegabytesMin));
        if (HolderOf(house.Folder) is { } holder)
            faults.Add(Held(house.Folder, holder));
        else if (listens && !configuration.GetSection(KestrelEndpoints).Exists())
            faults.AddRange(AddressCheck.Faults(configuration[nameof(ServerOptions.Urls)]!));

        var database = Bound<DatabaseOptions>(configuration, DatabaseOptions.Section);
        var named = database.Provider == DatabaseProvider.Sqlite || database.ConnectionString.Length > 0;
        if (named && await DataSetup.FaultAsync(database) is { } fault)
            faults.Add(fault);
        return faults;
    }

    public static bool IsHeld(DataFolder folder) => HolderOf(folder) is not null;

    public static string Held(DataFolder folder, string holder) =>
        $"Another server works in {folder.Root}: {(holder.Length > 0 ? holder : "it does not say which")}. "
        + "Stop it, or choose another folder with --data.";

    /// <summary>Who has the folder; null when nobody has. A folder that was never lived in is not touched.</summary>
    private static string? HolderOf(DataFolder folder)
    {
        if (!File.Exists(folder.Lock))
            return null;
        try
        {
            using var free = FolderLock.TryTake(folder, "", out var holder);
            return free is null ? holder : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a section is said elsewhere; here its defaults do, so that the other checks still run.</summary>
    private static T Bound<T>(ConfigurationManager configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException)
        {
            return new T();
        }
    }
}
