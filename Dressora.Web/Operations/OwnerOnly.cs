namespace Dressora.Web.Operations;

/// <summary>Files and folders that nobody else on this machine may read.</summary>
internal static class OwnerOnly
{
    internal const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    internal const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    internal static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & ~Folder) != 0;

    internal static void Close(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, mode);
    }

    /// <summary>Whole or not at all: written beside its name, synced, then renamed.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> content)
    {
        var half = path + ".half";
        System.IO.File.Delete(half);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File;
        using (var file = new FileStream(half, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        System.IO.File.Move(half, path, overwrite: true);
    }
}
