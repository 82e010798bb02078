using System.Runtime.InteropServices;

namespace Dressora.Web.Pictures;

/// <summary>
/// libvips refused an operation. Its own words are kept process-wide and mixed up: they may say whether memory was short,
/// and are not repeated.
/// </summary>
internal sealed unsafe class VipsException(string operation) : Exception($"libvips refused {operation}.")
{
    internal bool IsOutOfMemory { get; } = SaidMemory();

    private static bool SaidMemory()
    {
        var error = LibVips.CopyError();
        var words = Marshal.PtrToStringUTF8((nint)error) ?? "";
        LibVips.Free(error);
        return words.Contains("memory", StringComparison.OrdinalIgnoreCase)
            || words.Contains("allocat", StringComparison.OrdinalIgnoreCase);
    }
}
