using System.Diagnostics;
using Dressora.Tests.House;
using Dressora.Web.Providers.Tailor;

namespace Dressora.Tests.Providers.Tailor;

/// <summary>The two model files, fetched once as run.sh fetches them for everybody.</summary>
internal static class Models
{
    private static readonly Lazy<Task<string>> Fetched = new(FetchAsync);

    internal static Task<string> FolderAsync() => Fetched.Value;

    internal static async Task<ModelFiles> OpenAsync() => new(await FolderAsync());

    private static async Task<string> FetchAsync()
    {
        var root = SourceTree.Root;
        var folder = Path.Combine(root, ".build", "models");
        if (new ModelFiles(folder).AreThere)
            return folder;
        using var process = Process.Start(Path.Combine(root, "run.sh"), ["--fetch-models", folder]);
        await process.WaitForExitAsync();
        return new ModelFiles(folder).AreThere ? folder : throw new InvalidOperationException("run.sh could not fetch the models: npm is needed.");
    }
}
