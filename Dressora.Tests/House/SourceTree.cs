using System.Runtime.CompilerServices;
using Xunit;

namespace Dressora.Tests.House;

/// <summary>The files that people write, here or made up by a test that plants a violation.</summary>
internal sealed class SourceTree(IReadOnlyList<SourceFile> files)
{
    internal const string ProductFolder = "Dressora.Web";
    internal const string TestFolder = "Dressora.Tests";
    private static readonly string[] Built = ["bin", "obj", "node_modules", "wwwroot", "TestResults"];
    private static readonly Lazy<SourceTree> OfProduct = new(() => Read(ProductFolder));
    private static readonly Lazy<SourceTree> OfTests = new(() => Read(TestFolder));

    internal static SourceTree Product => OfProduct.Value;
    internal static SourceTree Tests => OfTests.Value;
    internal static string Root { get; } = FindRoot();

    internal IReadOnlyList<SourceFile> Files => files;
    internal IEnumerable<SourceFile> Code => files.Where(file => file.IsCode);
    internal IEnumerable<SourceFile> Views => files.Where(file => file.IsView);

    /// <summary>A tree of one file, for a planted violation.</summary>
    internal static SourceTree Of(string path, string text) => new([new SourceFile(path, text)]);

    internal static string ReadText(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static SourceTree Read(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(Built.Contains))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".cshtml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, ReadText(path).ReplaceLineEndings("\n")));
        return new SourceTree([.. files]);
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dressora.sln")))
                return folder.FullName;
        }

        return new FileInfo(here).Directory!.Parent!.Parent!.FullName;
    }
}

internal static class Clean
{
    /// <summary>Fails with every finding, not only the first.</summary>
    internal static void Of(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(finding => finding.ToString()).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} found:\n{string.Join('\n', lines)}");
    }
}
