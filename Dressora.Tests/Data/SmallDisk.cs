using System.Diagnostics;
using Xunit;

namespace Dressora.Tests.Data;

/// <summary>A disk of a few megabytes, which a test can fill. Only root may make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 8;

    private SmallDisk(string folder) => Folder = folder;

    internal string Folder { get; }
    private string Ballast => Path.Combine(Folder, "ballast");

    internal static SmallDisk? TryMake()
    {
        var folder = Directory.CreateTempSubdirectory("dressora-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", folder))
            return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>Not a byte is left.</summary>
    internal void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4_096];
        try
        {
            while (true)
                ballast.Write(block);
        }
        catch (IOException)
        {
        }
    }

    internal void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>, skipped with words where none can be made.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Possible = new(() =>
    {
        using var disk = SmallDisk.TryMake();
        return disk is not null;
    });

    public SmallDiskFactAttribute()
    {
        if (!Possible.Value)
            Skip = "Only root may mount a small disk to fill.";
    }
}
