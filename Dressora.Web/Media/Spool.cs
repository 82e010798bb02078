using Dressora.Web.Data;

namespace Dressora.Web.Media;

/// <summary>A file on its way, on our disk and not in memory; it goes when the way ends.</summary>
internal sealed class Spool : IDisposable
{
    private const string FolderName = "spool";
    private const int BufferBytes = 64 * 1024;

    private Spool(string path, long bytes, string sha256) => (Path, Bytes, Sha256) = (path, bytes, sha256);

    internal string Path { get; }
    internal long Bytes { get; }
    internal string Sha256 { get; }

    /// <summary>Throws <see cref="TooLongException"/> when more comes.</summary>
    internal static async Task<Spool> TakeAsync(DataFolder folder, Stream content, long bytesMax, CancellationToken cancel)
    {
        var path = NewPath(folder);
        try
        {
            var measure = new Measure(bytesMax);
            await using (var measured = measure.Over(content))
            await using (var file = File.Create(path, BufferBytes, FileOptions.Asynchronous))
                await measured.CopyToAsync(file, BufferBytes, cancel);
            return new Spool(path, measure.Count, measure.Sha256());
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    internal static string NewPath(DataFolder folder)
    {
        var spool = System.IO.Path.Combine(folder.Cache, FolderName);
        Directory.CreateDirectory(spool);
        return System.IO.Path.Combine(spool, Guid.NewGuid().ToString("N"));
    }

    /// <summary>What a crash left.</summary>
    internal static void Clear(DataFolder folder)
    {
        var spool = System.IO.Path.Combine(folder.Cache, FolderName);
        if (Directory.Exists(spool))
            Directory.Delete(spool, recursive: true);
    }

    public void Dispose() => File.Delete(Path);
}
