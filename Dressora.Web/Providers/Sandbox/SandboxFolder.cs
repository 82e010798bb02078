using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>The sandbox's jobs on disk: they outlive the process, and are gone after a day.</summary>
internal sealed class SandboxFolder(string root, TimeProvider clock)
{
    internal static readonly TimeSpan AgeMax = TimeSpan.FromDays(1);
    private const int IdLengthMax = 64;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly Lock _lock = new();
    private DateTimeOffset _swept = DateTimeOffset.MinValue;

    /// <summary>Made once and kept, so that jobs signed before a restart still count after it.</summary>
    internal string Secret()
    {
        lock (_lock)
        {
            var path = Path.Combine(Create(root), "secret");
            if (!File.Exists(path))
                Put(path, System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
            return File.ReadAllText(path);
        }
    }

    internal static bool IsId(string id) =>
        id.Length is > 0 and <= IdLengthMax && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    internal SandboxJob? Find(string id)
    {
        if (!IsId(id))
            return null;
        try
        {
            return JsonSerializer.Deserialize<SandboxJob>(File.ReadAllBytes(JobPath(id)), Json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>False when it was there before.</summary>
    internal bool Add(SandboxJob job, IReadOnlyList<byte[]> inputs)
    {
        lock (_lock)
        {
            if (File.Exists(JobPath(job.Id)))
                return false;
            Create(Path.Combine(root, job.Id));
            for (var i = 0; i < inputs.Count; i++)
                Put(PathOf(job.Id, job.Inputs[i].Name), inputs[i]);
            Save(job);
            return true;
        }
    }

    /// <summary>The job after the step; null when it is over already, or gone.</summary>
    internal SandboxJob? Step(string id, Func<SandboxJob, SandboxJob> step)
    {
        lock (_lock)
        {
            if (Find(id) is not { IsOver: false } job)
                return null;
            var next = step(job);
            Save(next);
            return next;
        }
    }

    internal void Keep(string id, string name, byte[] bytes) => Put(PathOf(id, name), bytes);

    internal byte[] Read(string id, string name) => File.ReadAllBytes(PathOf(id, name));

    internal string PathOf(string id, string name) => Path.Combine(root, id, name);

    /// <summary>At most once an hour.</summary>
    internal void Sweep()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _swept < TimeSpan.FromHours(1) || !Directory.Exists(root))
                return;
            _swept = now;
            foreach (var folder in Directory.EnumerateDirectories(root))
            {
                if (Find(Path.GetFileName(folder)) is not { } job || now - job.AcceptedAt > AgeMax)
                    Remove(folder);
            }
        }
    }

    /// <summary>Somebody may be writing the last line of it: then the next sweep takes it.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
        }
    }

    private void Save(SandboxJob job) => Put(JobPath(job.Id), JsonSerializer.SerializeToUtf8Bytes(job, Json));

    private string JobPath(string id) => PathOf(id, "job.json");

    private static void Put(string path, byte[] bytes)
    {
        var fresh = path + ".new";
        File.WriteAllBytes(fresh, bytes);
        File.Move(fresh, path, overwrite: true);
    }

    private static string Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        return folder;
    }
}
