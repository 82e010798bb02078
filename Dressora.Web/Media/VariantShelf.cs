using Dressora.Web.Data;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Media;

/// <summary>A folder of small files that knows how much lies in it, and throws out what was not looked at longest.</summary>
public sealed class VariantShelf(DataFolder folder, IOptionsMonitor<MediaOptions> options)
{
    private const long Megabyte = 1024 * 1024;
    private const double FullAfterClearing = 0.8;

    /// <summary>A look is noted this often, so that serving does not write to the disk.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromHours(6);

    private readonly Lock _lock = new();
    private long _bytes = -1;

    public long Bytes
    {
        get
        {
            lock (_lock)
                return Counted();
        }
    }

    private string Root => Path.Combine(folder.Cache, "variants");

    internal string PathOf(string id, string name) => Path.Combine(Root, id[..2], id, name);

    internal static FileStream? TryOpen(string path, DateTimeOffset now)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (File.GetLastWriteTimeUtc(file.SafeFileHandle) < now.UtcDateTime - Noted)
                File.SetLastWriteTimeUtc(path, now.UtcDateTime);
            return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Never seen half: it gets its name when it is whole. A crash may lose it; then it is made again.</summary>
    internal FileStream Put(string path, byte[] bytes, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = Spool.NewPath(folder);
        File.WriteAllBytes(half, bytes);
        File.SetLastWriteTimeUtc(half, now.UtcDateTime);
        var open = new FileStream(half, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        lock (_lock)
        {
            Counted();
            File.Move(half, path, overwrite: true);
            _bytes += bytes.Length;
            if (_bytes > Max)
                Clear();
        }

        return open;
    }

    internal void Forget(string id)
    {
        var own = Path.GetDirectoryName(PathOf(id, "x"))!;
        lock (_lock)
        {
            if (!Directory.Exists(own))
                return;
            _bytes = Counted() - new DirectoryInfo(own).EnumerateFiles().Sum(file => file.Length);
            Directory.Delete(own, recursive: true);
        }
    }

    private long Max => options.CurrentValue.CacheMegabytes * Megabyte;

    private long Counted() => _bytes >= 0 ? _bytes : _bytes = Files().Sum(file => file.Length);

    private void Clear()
    {
        foreach (var file in Files().OrderBy(file => file.LastWriteTimeUtc).ToList())
        {
            if (_bytes <= Max * FullAfterClearing)
                break;
            _bytes -= file.Length;
            file.Delete();
        }
    }

    private IEnumerable<FileInfo> Files() => Directory.Exists(Root)
        ? new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories)
        : [];
}
