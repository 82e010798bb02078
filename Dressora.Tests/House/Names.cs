using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dressora.Tests.House;

/// <summary>Which of our folders a file names, by using lines, qualified names and views' directives.</summary>
internal sealed class Names
{
    private const string Root = "Dressora.Web.";
    private readonly HashSet<string> _adapters;
    private readonly HashSet<string> _types;

    internal Names(SourceTree tree)
    {
        _adapters = [.. tree.Code.Where(file => file.Folders is [not "Pages", _]).Select(file => string.Join('.', file.Folders))];
        _types = [.. tree.Code.SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Select(type => string.Join('.', file.Folders.Append(type.Identifier.Text))))];
    }

    internal IEnumerable<Naming> In(SourceFile file) => file.IsCode ? InCode(file) : InView(file);

    private IEnumerable<Naming> InCode(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes().Where(IsWholeName))
        {
            if (node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Any(space => space.Name.Span.Contains(node.Span)))
                continue;
            if (Read(node.ToString(), file.Folders.FirstOrDefault()) is { } naming)
                yield return naming with { Line = file.LineOf(node.SpanStart) };
        }
    }

    private IEnumerable<Naming> InView(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            for (var at = 0; (at = file.Lines[i].IndexOf(Root, at, StringComparison.Ordinal)) >= 0; at += Root.Length)
            {
                if (Read(file.Lines[i][at..], null) is { } naming)
                    yield return naming with { Line = i + 1 };
            }
        }
    }

    private static bool IsWholeName(SyntaxNode node) => node switch
    {
        QualifiedNameSyntax => node.Parent is not QualifiedNameSyntax,
        MemberAccessExpressionSyntax => node.Parent is not MemberAccessExpressionSyntax,
        _ => false,
    };

    /// <summary>A name from the root on, or one that starts at a floor, or at an adapter of the file's own floor.</summary>
    private Naming? Read(string dotted, string? floor)
    {
        var name = new string([.. dotted.Where(letter => !char.IsWhiteSpace(letter))]).Replace("global::", "", StringComparison.Ordinal);
        var absolute = name.StartsWith(Root, StringComparison.Ordinal);
        var parts = (absolute ? name[Root.Length..] : name).Split('.').Select(Identifier).TakeWhile(part => part.Length > 0).ToArray();
        if (parts.Length == 0)
            return null;
        if (!absolute && parts.Length > 1 && _types.Contains($"{floor}.{parts[0]}.{parts[1]}"))
            return new Naming(0, floor!, parts[0]);
        var adapter = parts.Length > 1 && _adapters.Contains($"{parts[0]}.{parts[1]}");
        var ours = absolute || adapter || (parts.Length > 1 && _types.Contains($"{parts[0]}.{parts[1]}"));
        return ours ? new Naming(0, parts[0], adapter ? parts[1] : null) : null;
    }

    private static string Identifier(string part) => new([.. part.TakeWhile(letter => char.IsLetterOrDigit(letter) || letter == '_')]);
}

/// <summary>A line that names a folder, and in it an adapter's.</summary>
internal sealed record Naming(int Line, string Folder, string? Adapter)
{
    public override string ToString() => Adapter is null ? Folder : $"{Folder}.{Adapter}";
}
