using System.Diagnostics;
using System.Globalization;

namespace Dressora.Web.Pictures;

/// <summary>What came out of a program: its output, or what kept it from ending well.</summary>
internal sealed record ToolRun(byte[] Output, int ExitCode, Excess? Excess)
{
    internal static readonly ToolRun None = new([], 0, null);
}

/// <summary>Runs a program of the machine with limits on its time, its memory and everything it writes.</summary>
internal static class Tool
{
    private const long Megabyte = 1024 * 1024;
    private const int SignalOfFileSize = 128 + 25;

    /// <summary>Every thread of a codec reserves more than it touches; what it touches is watched.</summary>
    private const int ReservedPerUsed = 4;

    /// <summary>A shell gives a process limits before it begins, and makes way for it.</summary>
    private const string Limited = """
        ulimit -c 0; ulimit -t "$1"; ulimit -f "$2"; ulimit -v "$3"; shift 3; exec "$@"
        """;

    internal static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    internal static async Task<ToolRun> RunAsync(
        string program, IReadOnlyList<string> arguments, FilmLimits limits, TimeSpan timeMax, int outputMax, CancellationToken cancel)
    {
        var seconds = ((long)timeMax.TotalSeconds * 2) + 1;
        string[] most = [Number(seconds), Number(limits.OutputBytesMax / 512), Number(limits.MemoryMegabytesMax * 1024L * ReservedPerUsed)];
        using var process = Process.Start(ChildStart.Of("/bin/sh", ["-c", Limited, "sh", .. most, program, .. arguments]))!;
        process.StandardInput.Close();
        var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        await using var watch = new Watch(process, timeMax, limits.MemoryMegabytesMax * Megabyte, cancel);
        var output = await ReadAsync(process, outputMax);
        await complaints;
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        var isTooLong = output is null || process.ExitCode == SignalOfFileSize;
        return new ToolRun(output ?? [], process.ExitCode, isTooLong ? Excess.Memory : watch.Verdict);
    }

    /// <summary>Null, and the end of it, when it says more than it may.</summary>
    private static async Task<byte[]?> ReadAsync(Process process, int outputMax)
    {
        using var output = new MemoryStream();
        var block = new byte[64 * 1024];
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(block, CancellationToken.None)) > 0)
        {
            output.Write(block, 0, read);
            if (output.Length <= outputMax)
                continue;
            Watch.End(process);
            return null;
        }

        return output.ToArray();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
