using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Dressora.Web.Pictures;

/// <summary>libvips in this process: loaded once, with every loader shut but those for the kinds we take.</summary>
internal static unsafe class VipsLibrary
{
    private static readonly string[] Taken = ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"];
    private static readonly string[] Roots = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Whether it could be loaded; what is asked of it before this fails.</summary>
    internal static bool IsThere => Loaded.Value;

    /// <summary>Looks for its file: loaded and let go it would still keep some of our memory.</summary>
    internal static bool IsInstalled()
    {
        if (Loaded is { IsValueCreated: true, Value: true } || Folders().Any(folder => File.Exists(Path.Combine(folder, LibVips.Name))))
            return true;
        if (!NativeLibrary.TryLoad(LibVips.Name, out var handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }

    private static IEnumerable<string> Folders()
    {
        var given = (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var usual = Roots.Where(Directory.Exists);
        return [.. given, .. usual, .. usual.SelectMany(root => Directory.EnumerateDirectories(root, "*-linux-*"))];
    }

    private static bool Load()
    {
        BindBrotli();
        try
        {
            if (LibVips.Init("dressora") != 0)
                return false;
        }
        catch (DllNotFoundException)
        {
            return false;
        }

        const int WarningsMessagesAndWords = 1 << 4 | 1 << 5 | 1 << 6;
        LibVips.SetLogHandler("VIPS", WarningsMessagesAndWords, &LibVips.KeepQuiet, 0);
        LibVips.BlockUntrusted(1);
        LibVips.Block("VipsForeignLoad", 1);
        foreach (var family in Taken)
            LibVips.Block(family, 0);
        LibVips.SetConcurrency(1);
        LibVips.SetCacheMax(0);
        return true;
    }

    /// <summary>
    /// The modules of libvips put the system's brotli before everybody else's: were the framework's own loaded after it, half
    /// of its calls would end there, in another version, and so would the process.
    /// </summary>
    private static void BindBrotli() => BrotliEncoder.TryCompress([], stackalloc byte[1], out _);
}
