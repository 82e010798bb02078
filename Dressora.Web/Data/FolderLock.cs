namespace Dressora.Web.Data;

/// <summary>One server a data folder. The lock is the operating system's: it ends with the process, however that ends.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>The lock, or null and who has it.</summary>
    public static FolderLock? TryTake(DataFolder folder, string holder, out string heldBy)
    {
        heldBy = "";
        try
        {
            var file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(holder));
            file.Flush();
            return new FolderLock(file);
        }
        catch (IOException) when (File.Exists(folder.Lock))
        {
            heldBy = Holder(folder);
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(DataFolder folder)
    {
        using var file = new FileStream(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
