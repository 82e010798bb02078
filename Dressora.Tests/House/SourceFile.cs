using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dressora.Tests.House;

/// <summary>One file of the repository; paths are relative to it, with slashes.</summary>
internal sealed class SourceFile(string path, string text)
{
    private CompilationUnitSyntax? _syntax;
    private string[]? _lines;

    internal string Path { get; } = path;
    internal string Text { get; } = text;
    internal string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folders below the project, outermost first; none for a file that stands beside Program.cs.</summary>
    internal string[] Folders => Path.Split('/')[1..^1];
    internal bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);
    internal bool IsView => Path.EndsWith(".cshtml", StringComparison.Ordinal);
    internal bool IsSetup => Name.EndsWith("Setup.cs", StringComparison.Ordinal);
    internal string[] Lines => _lines ??= Text.TrimEnd('\n').Split('\n');
    internal CompilationUnitSyntax Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text).GetCompilationUnitRoot();

    internal Finding At(int line, string what, string remedy) => new(Path, line, what, remedy);

    internal Finding At(SyntaxNode node, string what, string remedy) => At(LineOf(node.SpanStart), what, remedy);

    internal Finding At(SyntaxToken token, string what, string remedy) => At(LineOf(token.SpanStart), what, remedy);

    internal int LineOf(int position) => Text.AsSpan(0, Math.Min(position, Text.Length)).Count('\n') + 1;
}

/// <summary>What is wrong, where, and what to do about it.</summary>
internal sealed record Finding(string Path, int Line, string What, string Remedy)
{
    public override string ToString() => $"{Path}:{Line}: {What} {Remedy}";
}
