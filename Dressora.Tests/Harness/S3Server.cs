namespace Dressora.Tests.Harness;

/// <summary>A real S3 server in a process of its own, with one empty bucket; it ends with the tests of a class.</summary>
public sealed class S3Server : IAsyncDisposable
{
    private const string Bucket = "dressora", Key = "S3RVER";
    private readonly Child _child;
    private readonly TemporaryFolder _folder;
    private readonly int _port;
    private bool _hasEnded;

    private S3Server(Child child, TemporaryFolder folder, int port) => (_child, _folder, _port) = (child, folder, port);

    /// <summary>For a <see cref="Site"/> whose files lie in it.</summary>
    public string[] Settings =>
        [$"S3:Address=http://127.0.0.1:{_port}", $"S3:Bucket={Bucket}", $"S3:KeyId={Key}", $"S3:SecretKey={Key}", "S3:Region=us-east-1"];

    public static async Task<S3Server> StartAsync()
    {
        var home = Path.Combine(Root(), "Dressora.Tests", "s3");
        var program = Path.Combine(home, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
        {
            await using var install = Child.Start("npm", home, new Dictionary<string, string>(), "ci", "--no-audit", "--no-fund");
            if (await install.EndAsync() != 0)
                throw new InvalidOperationException($"The S3 server of the tests cannot be installed.\n{install}");
        }

        var (folder, port) = (new TemporaryFolder(), Site.FreePort());
        var child = Child.Start(
            "node", home, new Dictionary<string, string>(), program,
            "-d", folder.Path, "-a", "127.0.0.1", "-p", $"{port}", "--configure-bucket", Bucket);
        await child.SaysAsync("listening");
        return new S3Server(child, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        await _child.DisposeAsync();
        _folder.Dispose();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dressora.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not stand in their house.");
        return folder;
    }
}
