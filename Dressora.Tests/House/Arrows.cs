using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dressora.Tests.House;

/// <summary>Finds code that names a folder it should not know.</summary>
internal static class Arrows
{
    private const string Root = "Dressora.Web";
    private static readonly string[] Rooms = ["Pages", "Api"];

    internal static IEnumerable<Finding> Check(SourceTree tree, Plan plan)
    {
        var names = new Names(tree);
        return tree.Files.SelectMany(file => names.In(file)
            .Select(naming => (naming, remedy: Refusal(file, naming, plan)))
            .Where(found => found.remedy is not null)
            .Select(found => file.At(found.naming.Line, $"names {found.naming}.", found.remedy!)));
    }

    internal static IEnumerable<Finding> CheckNamespaces(SourceTree tree) => tree.Code.SelectMany(file => file.Syntax
        .DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Where(space => space.Name.ToString() != Home(file))
        .Select(space => file.At(space, $"stands in namespace {space.Name}.", $"Namespaces are folders: it should be {Home(file)}.")));

    internal static IEnumerable<Finding> CheckGlobalUsings(SourceTree tree) => tree.Code.SelectMany(file => file.Syntax.Usings
        .Where(line => line.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && line.Name!.ToString().StartsWith("Dressora", StringComparison.Ordinal))
        .Select(line => file.At(line, "a global using of ours hides an arrow.", "Name it in each file that needs it.")));

    private static string? Refusal(SourceFile file, Naming named, Plan plan)
    {
        var from = file.Folders.FirstOrDefault();
        if (!plan.Knows(named.Folder) || (from is not null && !plan.Knows(from)))
            return $"One of {from} and {named.Folder} has no row in {Plan.File}: say there who may name whom.";
        if (named.Adapter is not null && !MayNameAdapter(file, named))
            return $"Only {named.Folder}'s own Setup names its adapters: use {named.Folder}'s contract.";
        if (from is null)
            return null;
        if (Rooms.Contains(named.Folder) && from != named.Folder)
            return "No floor names a room: pass what it needs as an argument, or move the shared part down to a floor.";
        if (file.IsSetup)
            return null;
        if (file.Name == $"{from}Tables.cs")
            return named.Folder == from || named.Folder == "Data" ? null : $"Tables name only {from} and Data.";
        return plan.Allows(from, named.Folder)
            ? null
            : $"{from} may not name {named.Folder}: turn the arrow round or pass a value ({Plan.File} has the table).";
    }

    private static bool MayNameAdapter(SourceFile file, Naming named) => file.Folders switch
    {
        [var floor] => file.IsSetup && floor == named.Folder,
        [var floor, var inner, ..] => floor == named.Folder && inner == named.Adapter,
        _ => false,
    };

    private static string Home(SourceFile file) => file.Folders is [var floor] && file.Name == $"{floor}Tables.cs"
        ? $"{Root}.Data"
        : string.Join('.', file.Folders.Prepend(Root));
}
