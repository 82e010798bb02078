using System.Text.Encodings.Web;
using System.Text.Json;
using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>What an owner chose on a page, kept in the data folder: secrets in a file of their own.</summary>
public sealed class SavedSettings(DataFolder folder, IConfiguration configuration)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _file = new();

    /// <summary>
    /// Keeps the values and lets the running house use them. Returns the keys that stay as they are all the same,
    /// because the environment or the command line says otherwise.
    /// </summary>
    public IReadOnlyList<string> Save(IReadOnlyDictionary<string, string> values)
    {
        lock (_file)
        {
            foreach (var file in values.GroupBy(pair => IsSecret(pair.Key) ? folder.Secrets : folder.Settings))
                Merge(file.Key, file);
            ((IConfigurationRoot)configuration).Reload();
        }

        return [.. values.Where(pair => (configuration[pair.Key] ?? "") != pair.Value).Select(pair => pair.Key)];
    }

    private static bool IsSecret(string key) => (Settings.Find(key)
        ?? throw new ArgumentException($"{key} is not a setting.", nameof(key))).IsSecret;

    /// <summary>An owner's own nesting and comments do not outlive this; what they set does.</summary>
    private static void Merge(string file, IEnumerable<KeyValuePair<string, string>> values)
    {
        var before = new ConfigurationBuilder().AddJsonFile(file, optional: true).Build().AsEnumerable();
        var all = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in before.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!)))
            all[key] = value;
        foreach (var (key, value) in values)
            all[key] = value;
        OwnerOnly.Write(file, JsonSerializer.SerializeToUtf8Bytes(all, Readable));
    }
}
