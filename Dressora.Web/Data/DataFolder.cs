namespace Dressora.Web.Data;

/// <summary>The one folder an owner backs up. Everything this server keeps on disk has its name here.</summary>
public sealed class DataFolder(string root)
{
    public string Root { get; } = Path.GetFullPath(root);
    public string Database => Path.Combine(Root, "dressora.db");
    public string Lock => Path.Combine(Root, "dressora.lock");
    public string LockHolder => Path.Combine(Root, "dressora.lock.by");
    public string Socket => Path.Combine(Root, "dressora.sock");
    public string Snapshots => Path.Combine(Root, "snapshots");
    public string Keys => Path.Combine(Root, "keys");
    public string Logs => Path.Combine(Root, "logs");
    public string Sandbox => Path.Combine(Root, "sandbox");
    public string Models => Path.Combine(Root, "models");
    public string Settings => Path.Combine(Root, "settings.json");
    public string Secrets => Path.Combine(Root, "secrets.json");
    public string Media => Path.Combine(Root, "media");
    public string Cache => Path.Combine(Root, "cache");
    public string SetupKey => Path.Combine(Root, "setup-key");

    /// <summary>Folder and subfolders, readable by nobody else.</summary>
    public void Create()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var folder in new[] { Root, Snapshots, Keys, Logs, Media, Cache })
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, Private);
        }
    }
}
