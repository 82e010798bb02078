using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Dressora.Web.Operations;

public enum SettingSource
{
    Default,
    AppSettings,
    DataFolderSettings,
    DataFolderSecrets,
    Environment,
    CommandLine,
}

/// <summary>A value that somebody gave, and where.</summary>
public sealed record GivenValue(string Key, string Text, SettingSource Source)
{
    /// <summary>Every value of every source, the strongest source first.</summary>
    internal static IReadOnlyList<GivenValue> All(IConfigurationRoot configuration) =>
    [
        .. configuration.Providers.Reverse()
            .Where(provider => provider is not ChainedConfigurationProvider)
            .SelectMany(provider => Walk(provider, null).Select(pair => new GivenValue(pair.Key, pair.Value, SourceOf(provider)))),
    ];

    internal static string Say(SettingSource source) => source switch
    {
        SettingSource.AppSettings => "appsettings.json",
        SettingSource.DataFolderSettings => "settings.json",
        SettingSource.DataFolderSecrets => "secrets.json",
        SettingSource.Environment => "environment",
        SettingSource.CommandLine => "command line",
        _ => "default",
    };

    private static SettingSource SourceOf(IConfigurationProvider provider) => provider switch
    {
        CommandLineConfigurationProvider => SettingSource.CommandLine,
        EnvironmentVariablesConfigurationProvider => SettingSource.Environment,
        JsonConfigurationProvider json => Path.GetFileName(json.Source.Path) switch
        {
            "settings.json" => SettingSource.DataFolderSettings,
            "secrets.json" => SettingSource.DataFolderSecrets,
            _ => SettingSource.AppSettings,
        },
        _ => SettingSource.Default,
    };

    private static IEnumerable<(string Key, string Value)> Walk(IConfigurationProvider provider, string? parent)
    {
        foreach (var name in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? name : $"{parent}:{name}";
            if (provider.TryGet(key, out var value) && value is not null)
                yield return (key, value);
            foreach (var inner in Walk(provider, key))
                yield return inner;
        }
    }
}
