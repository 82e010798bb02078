using System.Diagnostics;

namespace Dressora.Web.Pictures;

/// <summary>How this program starts itself again, with none of its secrets.</summary>
internal static class ChildStart
{
    /// <summary>What a runtime may need to be found; nothing of ours is among it.</summary>
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_HOST_PATH"];

    /// <summary>
    /// Nothing that writes a file, since the child may not; a small heap; no arena of native memory for every thread, no
    /// image of libvips spilled to disk.
    /// </summary>
    private static readonly Dictionary<string, string> Given = new()
    {
        ["LANG"] = "C.UTF-8",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_GCHeapHardLimit"] = "0x18000000",
        ["DOTNET_GCConserveMemory"] = "9",
        ["MALLOC_ARENA_MAX"] = "2",
        ["VIPS_DISC_THRESHOLD"] = "4g",
    };

    internal static ProcessStartInfo Ours(string verb = DarkroomChild.Verb)
    {
        var assembly = typeof(ChildStart).Assembly.Location;
        var running = Environment.ProcessPath ?? "dotnet";
        var isHost = Path.GetFileNameWithoutExtension(running) == "dotnet";
        var isOurs = assembly.Length == 0 || Path.GetFileNameWithoutExtension(running) == Path.GetFileNameWithoutExtension(assembly);
        return isOurs
            ? Of(running, verb)
            : Of(isHost ? running : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", assembly, verb);
    }

    internal static ProcessStartInfo Of(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => !Kept.Contains(name)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Given)
            start.Environment[name] = value;
        return start;
    }
}
