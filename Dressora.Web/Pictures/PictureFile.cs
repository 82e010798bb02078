namespace Dressora.Web.Pictures;

/// <summary>A file read no further than it may be long, whatever its length was said to be.</summary>
internal static class PictureFile
{
    /// <summary>Null when it is longer.</summary>
    internal static async Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancel = default)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var said = file.Length;
        if (said > bytesMax)
            return null;
        var bytes = new byte[said];
        var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    internal static async Task<byte[]> ReadHeadAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var bytes = new byte[Header.KindBytes];
        return bytes[..await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel)];
    }
}
