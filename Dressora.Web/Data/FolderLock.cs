namespace Dressora.Web.Data;

/// <summary>One server a data folder. The lock is the operating system's: it ends with the process, however that ends.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _note;

    private FolderLock(FileStream file, string note)
    {
        _file = file;
        _note = note;
    }

    /// <summary>The lock, or null and who has it.</summary>
    public static FolderLock? TryTake(DataFolder folder, string holder, out string heldBy)
    {
        heldBy = "";
        try
        {
            var file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var taken = new FolderLock(file, folder.LockHolder);
            taken.Say(holder);
            return taken;
        }
        catch (IOException) when (File.Exists(folder.Lock))
        {
            heldBy = File.Exists(folder.LockHolder) ? File.ReadAllText(folder.LockHolder) : "";
            return null;
        }
    }

    /// <summary>A locked file cannot be read by others, so the name of its holder stands beside it.</summary>
    public void Say(string holder) => File.WriteAllText(_note, holder);

    public void Dispose()
    {
        File.Delete(_note);
        _file.Dispose();
    }
}
