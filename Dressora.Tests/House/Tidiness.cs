using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dressora.Tests.House;

/// <summary>The style that a machine can see.</summary>
internal static partial class Tidiness
{
    internal const int FileAim = 150;
    internal const int FileMax = 300;
    internal const int MethodMax = 40;
    internal const int ViewMax = 120;
    internal const int WidthMax = 120;
    private static readonly string[] Bags = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Service"];

    internal static IEnumerable<Finding> CheckSizes(SourceTree tree, int aim, int max, IReadOnlyDictionary<string, string> excused)
    {
        foreach (var file in tree.Code)
        {
            if (file.Lines.Length > max || (file.Lines.Length > aim && !excused.ContainsKey(file.Path)))
                yield return file.At(1, $"has {file.Lines.Length} lines, {aim} is the aim.", "Split it by noun, or list it with the reason.");
        }

        foreach (var path in excused.Keys.Where(path => !tree.Files.Any(file => file.Path == path && file.Lines.Length > aim)))
            yield return new Finding(path, 1, "is excused for its size, and small.", "Take it off the list.");
    }

    internal static IEnumerable<Finding> CheckViewSizes(SourceTree tree) => tree.Views
        .Where(file => file.Lines.Length > ViewMax)
        .Select(file => file.At(1, $"has {file.Lines.Length} lines, {ViewMax} at most.", "Move a piece into a partial of its own."));

    internal static IEnumerable<Finding> CheckWidths(SourceTree tree) => tree.Code.SelectMany(file => file.Lines
        .Select((line, i) => (line, number: i + 1)).Where(pair => pair.line.Length > WidthMax)
        .Select(pair => file.At(pair.number, $"is {pair.line.Length} columns wide, {WidthMax} at most.", "Break the line.")));

    internal static IEnumerable<Finding> CheckMethods(SourceTree tree, IReadOnlyDictionary<string, string> excused) => tree.Code
        .Where(file => !excused.ContainsKey(file.Path)).SelectMany(file => file.Syntax.DescendantNodes()
        .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
        .Select(node => (node, lines: file.LineOf(node.Span.End) - file.LineOf(node.SpanStart) + 1))
        .Where(pair => pair.lines > MethodMax)
        .Select(pair => file.At(pair.node, $"a method of {pair.lines} lines, {MethodMax} at most.", "Give its parts names.")));

    internal static IEnumerable<Finding> CheckNames(SourceTree tree) => tree.Code.SelectMany(file => file.Syntax.DescendantNodes()
        .OfType<BaseTypeDeclarationSyntax>()
        .Where(type => !type.Identifier.Text.EndsWith("TagHelper", StringComparison.Ordinal) && Word().Matches(type.Identifier.Text).Any(word => Bags.Contains(word.Value)))
        .Select(type => file.At(type.Identifier, $"{type.Identifier.Text} is named like a bag.", "Name it by what it is or does.")));

    /// <summary>Everything that can be subclassed will be, by somebody who did not ask.</summary>
    internal static IEnumerable<Finding> CheckSealed(SourceTree tree) => tree.Code.SelectMany(file => file.Syntax.DescendantNodes()
        .Where(node => node is ClassDeclarationSyntax || node.IsKind(SyntaxKind.RecordDeclaration)).Cast<TypeDeclarationSyntax>()
        .Where(type => !type.Modifiers.Any(word => word.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword))
        .Select(type => file.At(type.Identifier, $"{type.Identifier.Text} is open.", "Seal it.")));

    internal static IEnumerable<Finding> CheckInterfaces(SourceTree tree)
    {
        var bases = tree.Code.SelectMany(file => file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>())
            .SelectMany(type => type.BaseList?.Types.Select(one => one.Type.ToString().Split('<')[0]) ?? []).ToLookup(name => name);
        foreach (var file in tree.Code)
        {
            foreach (var contract in file.Syntax.DescendantNodes().OfType<InterfaceDeclarationSyntax>())
            {
                var name = contract.Identifier.Text;
                if (bases[name].Count() < 2)
                    yield return file.At(contract, $"{name} has {bases[name].Count()} implementations.", "An interface needs two: use the class itself.");
                if (contract.DescendantNodes().Any(node => node is BlockSyntax or ArrowExpressionClauseSyntax))
                    yield return file.At(contract, $"{name} has a member with a body.", "Contracts have no default members: each adapter says what it does.");
            }
        }
    }

    /// <summary>State changes by named transitions. Options are bound, and rooms' forms: those may be set.</summary>
    internal static IEnumerable<Finding> CheckSetters(SourceTree tree) => tree.Code
        .Where(file => file.Folders is not [] and not ["Pages" or "Api" or "Shell", ..])
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<AccessorDeclarationSyntax>()
            .Where(accessor => accessor.Keyword.IsKind(SyntaxKind.SetKeyword) && accessor.Modifiers.Count == 0)
            .Where(accessor => accessor.Ancestors().OfType<PropertyDeclarationSyntax>().First().Modifiers is var asked
                && asked.Any(SyntaxKind.PublicKeyword) && !asked.Any(SyntaxKind.OverrideKeyword))
            .Where(accessor => !accessor.Ancestors().OfType<BaseTypeDeclarationSyntax>().First().Identifier.Text.EndsWith("Options", StringComparison.Ordinal))
            .Select(accessor => file.At(accessor, "a public setter.", "Change state by a named transition that may refuse.")));

    [GeneratedRegex("[A-Z][a-z]*")]
    private static partial Regex Word();
}
