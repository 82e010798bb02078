using System.Globalization;
using System.Runtime.InteropServices;

namespace Dressora.Web.Pictures;

/// <summary>What the child denies itself, once it has all it needs to be alive and before it sees a file.</summary>
internal static partial class ChildLimits
{
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;

    /// <summary>libvips compiles its loops while it runs, through a small file that has no name.</summary>
    private const ulong CompiledBytesMax = 1024 * 1024;

    /// <summary>Stacks and arenas count though hardly any of them is used; what is used is watched from outside.</summary>
    private const ulong ReservedMegabytes = 192;

    /// <summary>Ours is the only code that ends a process without a word to anybody.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimMemory(nuint kept);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int what, in Limit limit);

    /// <summary>Memory beside what is in use now; no file of any size written, no dump left behind.</summary>
    internal static void Take(PictureLimits limits)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Set(Core, 0);
        Set(FileSize, CompiledBytesMax);
        Set(Data, InUse() + (((ulong)limits.MemoryMegabytesMax + ReservedMegabytes) * 1024 * 1024));
    }

    /// <summary>A warm child that waits should cost little.</summary>
    internal static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
            _ = TrimMemory(0);
    }

    private static void Set(int what, ulong most) => SetLimit(what, new Limit { Soft = most, Hard = most });

    private static ulong InUse()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmData:", StringComparison.Ordinal));
        return ulong.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        internal ulong Soft;
        internal ulong Hard;
    }
}
