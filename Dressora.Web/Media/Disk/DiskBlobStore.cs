using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Media.Disk;

/// <summary>
/// Files in the data folder, each person's in a folder of their own, those spread over 256. A file appears under its name
/// only when all of it is on disk; what a crash left half lies under <c>.incoming</c> and is listed, so that it goes.
/// </summary>
internal sealed class DiskBlobStore(string root, TimeProvider clock) : IBlobStore
{
    internal const string IncomingFolder = ".incoming";
    private const int BufferBytes = 64 * 1024;

    public async Task PutAsync(string key, Stream content, string type, CancellationToken cancel)
    {
        var (target, half) = (PathOf(key), Path.Combine(root, IncomingFolder, Guid.NewGuid().ToString("N")));
        try
        {
            PrivateFiles.MakeFolder(Path.GetDirectoryName(half)!);
            PrivateFiles.MakeFolder(Path.GetDirectoryName(target)!);
            await using (var file = new FileStream(half, PrivateFiles.New()))
            {
                await content.CopyToAsync(file, BufferBytes, cancel);
                file.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(half, clock.GetUtcNow().UtcDateTime);
            File.Move(half, target, overwrite: true);
            FolderSync.Sync(Path.GetDirectoryName(target)!);
        }
        catch (Exception e) when (IsDisk(e))
        {
            Remove(half);
            throw new StoreFailedException("The disk did not take a file: " + e.GetType().Name, e);
        }
        catch
        {
            Remove(half);
            throw;
        }
    }

    public Task<Blob?> FindAsync(string key, CancellationToken cancel)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new Blob(key, file.Length, Changed(file)) : null);
    }

    public Task<Stream?> OpenAsync(string key, long from, long count, CancellationToken cancel)
    {
        try
        {
            var file = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
            file.Position = from;
            return Task.FromResult<Stream?>(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw new StoreFailedException("The disk does not give a file: " + e.GetType().Name, e);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancel)
    {
        try
        {
            var path = PathOf(key);
            if (File.Exists(path))
            {
                File.Delete(path);
                FolderSync.Sync(Path.GetDirectoryName(path)!);
            }

            return Task.CompletedTask;
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw new StoreFailedException("The disk does not let go of a file: " + e.GetType().Name, e);
        }
    }

    public async IAsyncEnumerable<Blob> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var folder = prefix.Length == 0 ? root : PathOf(prefix.TrimEnd('/') + "/x")[..^2];
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancel.ThrowIfCancellationRequested();
            yield return new Blob(KeyOf(file.FullName), file.Length, Changed(file));
        }

        await Task.CompletedTask;
    }

    public Uri? PresignPut(string key, string type, TimeSpan lifetime) => null;

    public Uri? PresignGet(string key, TimeSpan lifetime) => null;

    /// <summary><c>user_7/upload_x.webp</c> lies at <c>4f/user_7/upload_x.webp</c>.</summary>
    private string PathOf(string key)
    {
        BlobKeys.Checked(key);
        var first = key.Split('/')[0];
        return first == IncomingFolder ? Path.Combine(root, key) : Path.Combine(root, Shard(first), key);
    }

    private string KeyOf(string path)
    {
        var key = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        return key.StartsWith(IncomingFolder, StringComparison.Ordinal) ? key : key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }

    private static string Shard(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(folder)))[..2];

    private static DateTimeOffset Changed(FileInfo file) => new(file.LastWriteTimeUtc, TimeSpan.Zero);

    /// <summary>Where that fails too, the nightly look finds what is left.</summary>
    private static void Remove(string half)
    {
        try
        {
            File.Delete(half);
        }
        catch (Exception e) when (IsDisk(e))
        {
        }
    }

    private static bool IsDisk(Exception e) => e is IOException or UnauthorizedAccessException;
}
