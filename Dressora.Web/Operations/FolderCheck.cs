using System.Text;
using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>Whether the data folder can be one; leaves no trace of having looked.</summary>
internal static class FolderCheck
{
    /// <summary>A unix socket's address holds 108 bytes on Linux and 104 elsewhere.</summary>
    private const int SocketPathMax = 100;
    private const long Megabyte = 1024 * 1024;

    internal static IEnumerable<string> Faults(DataFolder folder, int freeMegabytesMin)
    {
        var length = Encoding.UTF8.GetByteCount(folder.Socket);
        if (length > SocketPathMax)
        {
            yield return $"The data folder's path is too long for the socket in it ({length} bytes, {SocketPathMax} fit): "
                + $"{folder.Root}. Choose a shorter one with --data.";
        }

        var fault = WriteFault(folder.Root);
        if (fault is not null)
            yield return fault;
        var own = new[] { folder.Root, folder.Secrets }.Where(path => Directory.Exists(folder.Root) && Path.Exists(path));
        foreach (var open in own.Where(MayOthersRead))
        {
            var mode = Directory.Exists(open) ? "700" : "600";
            yield return $"Other users of this machine can read {open}. Close it: chmod {mode} {open}";
        }

        if (fault is null && FreeMegabytes(folder) is { } free && free < freeMegabytesMin)
            yield return $"{free} MB are free on the disk of {folder.Root}; Disk:FreeMegabytesMin asks for {freeMegabytesMin} MB.";
    }

    internal static long? FreeMegabytes(DataFolder folder)
    {
        try
        {
            return new DriveInfo(Standing(folder.Root)).AvailableFreeSpace / Megabyte;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null when a file can be written there, or the folder made; rights alone do not tell, so it is tried.</summary>
    internal static string? WriteFault(string root)
    {
        if (File.Exists(root))
            return $"The data folder {root} is a file.";
        var standing = Standing(root);
        var probe = Path.Combine(standing, $".dressora-{Guid.NewGuid():N}");
        try
        {
            if (standing == root)
            {
                using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            else
            {
                Directory.CreateDirectory(probe);
                Directory.Delete(probe);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var verb = standing == root ? "written to" : "made";
            return $"The data folder {root} cannot be {verb} by {Environment.UserName}: {e.Message.Replace(probe, root)}";
        }
    }

    /// <summary>An empty folder was made for us and is closed when we move in; one with things in it is its owner's to close.</summary>
    private static bool MayOthersRead(string path) =>
        OwnerOnly.IsOpenToOthers(path)
        && !(Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any());

    private static string Standing(string path)
    {
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path) ?? Path.GetPathRoot(Path.GetFullPath("."))!;
        return path;
    }
}
